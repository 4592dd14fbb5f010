package dev.weir.benchmarks.check;

import dev.weir.benchmarks.work.EngineOnly;
import dev.weir.benchmarks.work.KeyedSum;
import dev.weir.benchmarks.work.Results;
import dev.weir.benchmarks.work.WindowCounts;

/** What must come out of W8 and W9, from counts per key alone. Pure. */
public final class ResultsCheck {
  private ResultsCheck() {}

  /** W8: a result of each number. */
  public static Results keyedSums(long numbers, int keys) {
    int[] counts = counts(0, numbers, keys);
    long words = 0;
    for (int place = 0; place < keys; place++) {
      long key = EngineOnly.keyAt(place);
      byte[] state = KeyedSum.none();
      for (int i = 0; i < counts[place]; i++) {
        words += KeyedSum.next(state, key);
      }
    }
    return new Results(numbers, words);
  }

  /** W9: a result of each key in each window that has numbers. */
  public static Results windowCounts(long numbers, int keys) {
    long size = WindowCounts.windowMillis(keys);
    long results = 0;
    long words = 0;
    for (long start = 0; start < numbers; start += size) {
      int[] counts = counts(start, Math.min(numbers, start + size), keys);
      for (int place = 0; place < keys; place++) {
        results += counts[place] > 0 ? 1 : 0;
        words += WindowCounts.word(EngineOnly.keyAt(place), start, counts[place]);
      }
    }
    return new Results(results, words);
  }

  private static int[] counts(long from, long end, int keys) {
    int[] counts = new int[keys];
    for (long number = from; number < end; number++) {
      counts[EngineOnly.placeOf(number, keys)]++;
    }
    return counts;
  }
}
