package dev.weir.benchmarks.work;

/**
 * W8: per key a count, a sum, and a filler that does not compress and is new with each update; 100
 * bytes. All updates of a key are alike, so the state after so many of them does not depend on the
 * order in which an engine takes them. Pure.
 *
 * <pre>
 *   state: count (8) | sum (8) | filler
 * </pre>
 */
public final class KeyedSum {
  private static final int BYTES = 100;
  private static final int SUM_AT = 8;
  private static final int FILLER_AT = 16;
  private static final int LAST_AT = BYTES - Long.BYTES;
  private static final int AMOUNT_BITS = 10;

  private KeyedSum() {}

  /** The state of a key that was never updated. */
  public static byte[] none() {
    return new byte[BYTES];
  }

  /** The workload's function: changes the state, and gives a result that depends on all of it. */
  public static long update(byte[] state, long key) {
    Marks.seen();
    return next(state, key);
  }

  /** The same, for those who know what must come out. */
  public static long next(byte[] state, long key) {
    long before = digest(state);
    long count = Words.at(state, 0) + 1;
    long sum = Words.at(state, SUM_AT) + (Words.mixed(key) >>> (Long.SIZE - AMOUNT_BITS));
    Words.put(state, 0, count);
    Words.put(state, SUM_AT, sum);
    fill(state, Words.mixed(key * 31 + count) | 1);
    return Words.mixed(before + key) + sum;
  }

  private static long digest(byte[] state) {
    long digest = Words.at(state, LAST_AT);
    for (int at = 0; at < LAST_AT; at += Long.BYTES) {
      digest = digest * 31 + Words.at(state, at);
    }
    return digest;
  }

  /** Random words: Marsaglia, "Xorshift RNGs", 2003. */
  private static void fill(byte[] state, long seed) {
    long word = seed;
    for (int at = FILLER_AT; at < LAST_AT; at += Long.BYTES) {
      word ^= word << 13;
      word ^= word >>> 7;
      word ^= word << 17;
      Words.put(state, at, word);
    }
    Words.put(state, LAST_AT, ~word);
  }
}
