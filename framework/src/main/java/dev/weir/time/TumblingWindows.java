package dev.weir.time;

import java.io.Serializable;
import java.time.Duration;

/**
 * Event-time windows of one size, side by side, aligned to the epoch plus an offset. Immutable.
 *
 * @param sizeMillis length of a window; at least 1
 * @param offsetMillis shift against the epoch; at least 0, below the size
 */
public record TumblingWindows(long sizeMillis, long offsetMillis) implements Serializable {
  /** Checks the bounds. */
  public TumblingWindows {
    if (sizeMillis < 1 || offsetMillis < 0 || offsetMillis >= sizeMillis) {
      throw new IllegalArgumentException(
          "A tumbling window needs a size of at least 1 ms and an offset from 0 to below the size, got size "
              + sizeMillis
              + " ms, offset "
              + offsetMillis
              + " ms");
    }
  }

  /**
   * @param offset shift against the epoch, such as minus a time zone's offset; at least 0, below
   *     the size
   * @return the same windows, shifted
   */
  public TumblingWindows offset(Duration offset) {
    return new TumblingWindows(sizeMillis, offset.toMillis());
  }

  /**
   * @param timestamp epoch milliseconds; may be negative
   * @return start of the window that holds it, epoch milliseconds
   */
  public long startOf(long timestamp) {
    return timestamp - Math.floorMod(timestamp - offsetMillis, sizeMillis);
  }
}
