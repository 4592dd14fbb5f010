package dev.weir.benchmarks.work;

/**
 * W2, W4 and W5: records of 100 bytes that are changed in one place. Pure.
 *
 * <pre>
 *   id (8) | time of creation (8) | id * 31, in the output (8) | filler
 * </pre>
 */
public final class PassThrough {
  private static final int BYTES = 100;
  private static final int CREATED_AT = 8;
  private static final int PRODUCT_AT = 16;
  private static final long FACTOR = 31;

  private PassThrough() {}

  /** A record of the input. */
  public static byte[] input(long id, long createdNanos) {
    byte[] value = new byte[BYTES];
    Words.put(value, 0, id);
    Words.put(value, CREATED_AT, createdNanos);
    return value;
  }

  /** The workload's map function. */
  public static byte[] map(byte[] value) {
    Marks.seen();
    byte[] mapped = value.clone();
    Words.put(mapped, PRODUCT_AT, Words.at(value, 0) * FACTOR);
    return mapped;
  }

  /** The record's number. */
  public static long id(byte[] value) {
    return Words.at(value, 0);
  }

  /** When the record was due. */
  public static long createdNanos(byte[] value) {
    return Words.at(value, CREATED_AT);
  }

  /** Whether it is a record of the input, mapped once. */
  public static boolean isMapped(byte[] value) {
    return value.length == BYTES
        && id(value) >= 0
        && Words.at(value, PRODUCT_AT) == id(value) * FACTOR;
  }
}
