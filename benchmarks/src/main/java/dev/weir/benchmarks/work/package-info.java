/**
 * The user code of the workloads and the data they read: shared by all engines, without libraries,
 * so that only the engines differ. Everything is pure, but for {@link
 * dev.weir.benchmarks.work.Marks}.
 */
package dev.weir.benchmarks.work;
