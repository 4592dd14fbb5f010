package dev.weir.time;

import java.time.Instant;

/**
 * A span of event time.
 *
 * @param start first millisecond inside, epoch milliseconds
 * @param end first millisecond after it, epoch milliseconds
 */
public record TimeWindow(long start, long end) {
  /** Checks that the window is not empty. */
  public TimeWindow {
    if (end <= start) {
      throw new IllegalArgumentException(
          "A window must end after it starts, got [" + start + ", " + end + ")");
    }
  }

  /**
   * @return last millisecond inside; the window closes when the watermark reaches it
   */
  public long maxTimestamp() {
    return end - 1;
  }

  @Override
  public String toString() {
    return "[" + Instant.ofEpochMilli(start) + ", " + Instant.ofEpochMilli(end) + ")";
  }
}
