/**
 * The workloads with Kafka Streams. {@code StreamsEngine} is the process that the driver starts.
 */
package dev.weir.benchmarks.streams;
