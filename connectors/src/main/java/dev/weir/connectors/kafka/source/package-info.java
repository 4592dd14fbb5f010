/**
 * Reads Kafka topics. {@link dev.weir.connectors.kafka.source.KafkaSource} describes; the
 * enumerator finds partitions and concrete offsets on I/O threads; a reader per task emits on its
 * task's thread what its fetcher has polled on I/O threads. Where to begin and how far each
 * partition is read is decided by pure classes ({@code OffsetResolver}, {@code SplitCheck});
 * offsets are taken from checkpoints alone.
 */
package dev.weir.connectors.kafka.source;
