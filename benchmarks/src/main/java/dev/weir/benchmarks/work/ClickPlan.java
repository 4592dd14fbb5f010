package dev.weir.benchmarks.work;

import java.util.List;

/** W1's input: clicks in a known order, up to 300 ms out of order. Pure. */
public final class ClickPlan {
  /** Size of the windows. */
  public static final long WINDOW_MILLIS = 15_000;

  /** How late the engines shall expect clicks. */
  public static final long LATENESS_MILLIS = 500;

  private static final long START = 1_795_262_400_000L; // 2026-11-21T12:00:00Z
  private static final long JITTER_MILLIS = 300;
  private static final List<String> PAGES =
      List.of("/help", "/index", "/shop", "/jobs", "/about", "/news");

  private ClickPlan() {}

  /** Time of the i-th click; 400 a second. */
  public static long time(long i) {
    return START + i * 5 / 2 - Long.remainderUnsigned(Words.mixed(i * 2 + 1), JITTER_MILLIS + 1);
  }

  /** Page of the i-th click. */
  public static String page(long i) {
    return PAGES.get((int) Long.remainderUnsigned(Words.mixed(i * 2), PAGES.size()));
  }

  /** Start of the window of a time. */
  public static long windowOf(long time) {
    return time - Math.floorMod(time, WINDOW_MILLIS);
  }

  /** A time so late that a click of it in each partition closes the windows of so many clicks. */
  public static long closingTime(long clicks) {
    return START + clicks * 5 / 2 + 8 * WINDOW_MILLIS;
  }
}
