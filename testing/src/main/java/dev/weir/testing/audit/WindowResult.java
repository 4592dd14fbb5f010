package dev.weir.testing.audit;

/**
 * One window's result as found in a topic. Immutable.
 *
 * @param window key and start
 * @param count its count
 * @param place where it is
 */
public record WindowResult(WindowKey window, long count, Place place) {}
