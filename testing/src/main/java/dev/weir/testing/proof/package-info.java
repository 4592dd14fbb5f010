/**
 * Proves exactly-once by simulation: {@code ExactlyOnceCheck} runs a pipeline, with the unchanged
 * engine, in a simulated machine room ({@link dev.weir.testing.sim}) under faults drawn from a
 * seed, and a {@code Workload} judges what committed readers see. What fails is replayed from its
 * seed and made smaller.
 */
package dev.weir.testing.proof;
