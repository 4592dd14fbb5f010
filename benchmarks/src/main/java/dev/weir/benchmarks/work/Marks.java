package dev.weir.benchmarks.work;

import java.io.PrintStream;

/** Lines on standard output with which an engine tells the driver where it is. Thread-safe. */
public final class Marks {
  /** The first record has reached user code. */
  public static final String FIRST = "BENCH first";

  /** All records are processed; W6, W8 and W9 only. */
  public static final String LAST = "BENCH last";

  /** Number and sum of the results, and when the last one came; W8 and W9 only. */
  public static final String RESULTS = "BENCH results ";

  private static volatile boolean isFirstSaid;

  private Marks() {}

  /** Tells, once, that the first record has reached user code. Cheap. */
  public static void seen() {
    if (!isFirstSaid) {
      sayFirst();
    }
  }

  private static synchronized void sayFirst() {
    if (!isFirstSaid) {
      isFirstSaid = true;
      say(FIRST);
    }
  }

  /** Tells that all records are processed, and before that what the sinks have had. */
  public static void last() {
    Results all = Tally.all();
    if (all.number() > 0) {
      say(RESULTS + all.number() + " " + all.words() + " " + Tally.lastNanos());
    }
    say(LAST);
  }

  @SuppressWarnings("SystemOut") // What the driver reads.
  private static void say(String mark) {
    PrintStream out = System.out;
    out.println(mark);
    out.flush();
  }
}
