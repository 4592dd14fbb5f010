package dev.weir.time;

import java.time.Duration;

/** Makes windows. */
public final class Windows {
  private Windows() {}

  /**
   * Windows of one size, side by side, aligned to the epoch.
   *
   * @param size length of a window; at least 1 ms
   * @return the windows
   */
  public static TumblingWindows tumbling(Duration size) {
    return new TumblingWindows(size.toMillis(), 0);
  }
}
