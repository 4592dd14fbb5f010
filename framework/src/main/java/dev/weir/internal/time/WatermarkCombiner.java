package dev.weir.internal.time;

import java.util.Arrays;

/**
 * The watermark of a task with several inputs: the minimum over those that are not idle; it never
 * falls. An input that has come to the end of time is no longer waited for, idle or not; but while
 * one that is idle may wake up, time does not end. When all are idle it is the furthest of theirs,
 * whichever of them became so first. Confined to one thread.
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
    return advance();
  }

  /** The combined watermark, epoch milliseconds. */
  public long current() {
    return current;
  }

  /** Whether all inputs that have not ended are idle. */
  public boolean isIdle() {
    return isIdle;
  }

  private boolean advance() {
    long min = Long.MAX_VALUE;
    long furthest = Long.MIN_VALUE;
    boolean isSomeIdle = false;
    for (int i = 0; i < watermarks.length; i++) {
      boolean hasEnded = watermarks[i] == Long.MAX_VALUE;
      if (idle[i] && !hasEnded) {
        isSomeIdle = true;
        furthest = Math.max(furthest, watermarks[i]);
      } else {
        min = Math.min(min, watermarks[i]);
      }
    }
    isIdle = isSomeIdle && min == Long.MAX_VALUE;
    long combined = isIdle ? furthest : min;
    if (combined <= current) {
      return false;
    }
    current = combined;
    return true;
  }
}
