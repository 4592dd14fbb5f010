/** The workloads by hand, over kafka-clients alone: the ceiling that engines are compared with. */
package dev.weir.benchmarks.loop;
