package dev.weir.benchmarks.work;

/**
 * The output of W8 or W9.
 *
 * @param number of results
 * @param words sum of the words that stand for them, in any order
 */
public record Results(long number, long words) {}
