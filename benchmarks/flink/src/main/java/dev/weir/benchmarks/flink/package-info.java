/** The workloads with Flink. {@code FlinkEngine} is the process that the driver starts. */
package dev.weir.benchmarks.flink;
