/** The workloads as Weir pipelines. {@code WeirEngine} is the process that the driver starts. */
package dev.weir.benchmarks.weir;
