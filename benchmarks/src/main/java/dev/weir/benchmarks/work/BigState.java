package dev.weir.benchmarks.work;

/**
 * W3: per key a count, a sum and the last filler, 100 bytes; one key in a hundred gives every
 * update. Pure.
 *
 * <pre>
 *   input key: key (8)             input value: amount (8) | time (8) | filler
 *   state:     count (8) | sum (8) | filler        output: key (8) | count (8) | sum (8)
 * </pre>
 */
public final class BigState {
  /** Number of keys. */
  public static final int KEYS = 5_000_000;

  private static final int BYTES = 100;
  private static final int SUM_AT = 8;
  private static final int FILLER_AT = 16;
  private static final int SAMPLE = 100;

  private BigState() {}

  /** Key of the i-th update. */
  public static long key(long i) {
    return Long.remainderUnsigned(Words.mixed(i + 77), KEYS);
  }

  /** Amount of the i-th update. */
  public static long amount(long i) {
    return Long.remainderUnsigned(Words.mixed(i), 1000);
  }

  /** The input partition in which all updates of a key are. */
  public static int partitionOf(long key, int partitions) {
    return (int) Math.floorMod(Words.mixed(key + 5), (long) partitions);
  }

  /** Whether updates of the key are in the output. */
  public static boolean isSampled(long key) {
    return key % SAMPLE == 0;
  }

  /** The i-th update's value. */
  public static byte[] input(long i) {
    byte[] value = new byte[BYTES];
    Words.put(value, 0, amount(i));
    return value;
  }

  /** The state of a key that was never updated. */
  public static byte[] none() {
    return new byte[BYTES];
  }

  /** Changes the state. */
  public static void update(byte[] state, byte[] value) {
    Marks.seen();
    Words.put(state, 0, Words.at(state, 0) + 1);
    Words.put(state, SUM_AT, Words.at(state, SUM_AT) + Words.at(value, 0));
    System.arraycopy(value, FILLER_AT, state, FILLER_AT, BYTES - FILLER_AT);
  }

  /** What the output tells of a key. */
  public static byte[] total(long key, byte[] state) {
    byte[] total = new byte[FILLER_AT + Long.BYTES];
    Words.put(total, 0, key);
    System.arraycopy(state, 0, total, Long.BYTES, FILLER_AT);
    return total;
  }
}
