package dev.weir.benchmarks.work;

/** W9: how many numbers of each key fall into each window; a number is its own event time. Pure. */
public final class WindowCounts {
  private static final long LEAST_WINDOW_MILLIS = 100_000;

  private WindowCounts() {}

  /** Size of the windows, and the numbers in one: as many as there are keys, or 100 000. */
  public static long windowMillis(long keys) {
    return Math.max(LEAST_WINDOW_MILLIS, keys);
  }

  /** The workload's key function. */
  public static Long key(long number, long keys) {
    Marks.seen();
    return EngineOnly.key(number, keys);
  }

  /** A word that stands for one result; of wrong ones the sum is wrong, too. */
  public static long word(long key, long start, long count) {
    return Words.mixed(Words.mixed(key) + start) * count;
  }
}
