package dev.weir.benchmarks.work;

import java.io.PrintStream;

/** Lines on standard output with which an engine tells the driver where it is. Thread-safe. */
public final class Marks {
  /** The first record has reached user code. */
  public static final String FIRST = "BENCH first";

  /** All records are processed; W6 only. */
  public static final String LAST = "BENCH last";

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

  /** Tells that all records are processed. */
  public static void last() {
    say(LAST);
  }

  @SuppressWarnings("SystemOut") // What the driver reads.
  private static void say(String mark) {
    PrintStream out = System.out;
    out.println(mark);
    out.flush();
  }
}
