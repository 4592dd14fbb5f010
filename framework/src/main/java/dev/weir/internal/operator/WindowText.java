package dev.weir.internal.operator;

import dev.weir.time.TumblingWindows;

/**
 * What state files say of the windows that they hold: two windows have the same text if and only if
 * they are the same. Pure.
 */
final class WindowText {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private WindowText() {}

  /** Such as {@code tumbling 1d offset 22h}. */
  static String of(TumblingWindows windows) {
    String text = "tumbling " + duration(windows.sizeMillis());
    return windows.offsetMillis() == 0
        ? text
        : text + " offset " + duration(windows.offsetMillis());
  }

  /** In the largest unit that it is a whole number of. */
  private static String duration(long millis) {
    if (millis % DAY == 0) {
      return millis / DAY + "d";
    }
    if (millis % HOUR == 0) {
      return millis / HOUR + "h";
    }
    if (millis % MINUTE == 0) {
      return millis / MINUTE + "min";
    }
    return millis % SECOND == 0 ? millis / SECOND + "s" : millis + "ms";
  }
}
