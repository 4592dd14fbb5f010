package dev.weir.benchmarks.state;

import java.util.Arrays;
import java.util.Locale;

/** Durations, kept one by one. Confined to one thread. */
final class Durations {
  private static final double NANOS_PER_MILLI = 1e6;

  private long[] nanos = new long[1024];
  private int count;

  void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
  }

  int count() {
    return count;
  }

  /** Number, median, 99th percentile and greatest, in milliseconds, as cells of a table. */
  String cells() {
    if (count == 0) {
      return "0 | - | - | -";
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%d | %.2f | %.2f | %.1f",
        count,
        sorted[count / 2] / NANOS_PER_MILLI,
        sorted[(int) (count * 0.99)] / NANOS_PER_MILLI,
        sorted[count - 1] / NANOS_PER_MILLI);
  }
}
