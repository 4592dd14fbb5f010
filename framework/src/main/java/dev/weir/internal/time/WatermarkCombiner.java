package dev.weir.internal.time;

import java.util.Arrays;

/**
 * The watermark of a task with several inputs: the minimum over those that are not idle; it never
 * falls. Confined to one thread.
 */
public final class WatermarkCombiner {
  private final long[] watermarks;
  private final boolean[] idle;
  private long current;
  private boolean isIdle;

  /** Begins at {@link Long#MIN_VALUE}, with no input idle. */
  public WatermarkCombiner(int inputs) {
    this.watermarks = new long[inputs];
    this.idle = new boolean[inputs];
    this.current = Long.MIN_VALUE;
    Arrays.fill(watermarks, Long.MIN_VALUE);
  }

  /** Takes an input's watermark; true if the combined one has risen. */
  public boolean watermark(int input, long timestamp) {
    watermarks[input] = Math.max(watermarks[input], timestamp);
    return advance();
  }

  /** Takes an input's status; true if the combined watermark has risen. */
  public boolean idle(int input, boolean inputIsIdle) {
    idle[input] = inputIsIdle;
    isIdle = true;
    for (boolean each : idle) {
      isIdle &= each;
    }
    return advance();
  }

  /** The combined watermark, epoch milliseconds. */
  public long current() {
    return current;
  }

  /** Whether all inputs are idle. */
  public boolean isIdle() {
    return isIdle;
  }

  private boolean advance() {
    if (isIdle) {
      return false;
    }
    long min = Long.MAX_VALUE;
    for (int i = 0; i < watermarks.length; i++) {
      if (!idle[i]) {
        min = Math.min(min, watermarks[i]);
      }
    }
    if (min <= current) {
      return false;
    }
    current = min;
    return true;
  }
}
