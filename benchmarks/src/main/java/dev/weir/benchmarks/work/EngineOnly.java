package dev.weir.benchmarks.work;

/** W6, W8 and W9: the numbers from 0, and the key of each; at random, all alike. Pure. */
public final class EngineOnly {
  private static final int KEYS = 1_000_000;

  /** From here on six keys are three for each of two tasks, in every engine. */
  private static final long FIRST_KEY = 10;

  private EngineOnly() {}

  /** W6: key of a number. */
  public static Long key(Long number) {
    return Long.remainderUnsigned(Words.mixed(number), KEYS);
  }

  /** W8 and W9: key of a number, one of so many. */
  public static long key(long number, long keys) {
    return FIRST_KEY + placeOf(number, keys);
  }

  /** Place of a number's key among so many: Lemire, "Fast Random Integer Generation", 2019. */
  public static int placeOf(long number, long keys) {
    return (int) Math.multiplyHigh(Words.mixed(number) >>> 1, 2 * keys);
  }

  /** The key at this place. */
  public static long keyAt(int place) {
    return FIRST_KEY + place;
  }

  /**
   * For a source that deals the first half of its sequence to one task and the second to another:
   * makes of it the numbers that are dealt in turns, so that all tasks are at the same time. Those
   * of a task rise, and each number is there once.
   */
  public static long dealt(long sequence, long count, int tasks) {
    long share = count / tasks;
    long place = sequence;
    int task = 0;
    while (place >= share && task < tasks - 1) {
      place -= share;
      task++;
    }
    return place < share ? place * tasks + task : share * tasks + place - share;
  }
}
