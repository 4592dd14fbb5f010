package dev.weir.benchmarks.work;

/** W6: the numbers from 0, each added to the sum of its key. Pure. */
public final class EngineOnly {
  private static final int KEYS = 1_000_000;

  private EngineOnly() {}

  /** Key of a number. */
  public static Long key(Long number) {
    return Long.remainderUnsigned(Words.mixed(number), KEYS);
  }
}
