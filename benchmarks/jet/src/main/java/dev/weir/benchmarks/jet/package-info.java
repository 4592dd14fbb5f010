/** The workloads with Hazelcast Jet. {@code JetEngine} is the process that the driver starts. */
package dev.weir.benchmarks.jet;
