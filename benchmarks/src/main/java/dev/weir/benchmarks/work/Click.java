package dev.weir.benchmarks.work;

/**
 * W1's record.
 *
 * @param time when, epoch milliseconds
 * @param page which page
 */
public record Click(long time, String page) {}
