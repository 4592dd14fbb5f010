package dev.weir.internal.time;

import dev.weir.time.Watermarks;
import java.util.ArrayList;
import java.util.List;

/**
 * The watermark of one source task: the minimum over its splits that are not idle; when all are,
 * the furthest of theirs. Confined to the task thread.
 */
public final class SplitWatermarks {
  private final long boundMillis;
  private final long idleAfterMillis;
  private final List<SplitClock> splits = new ArrayList<>();
  private long current = Long.MIN_VALUE;
  private boolean isIdle;

  /** Bound and idleness as the user described them. */
  public SplitWatermarks(Watermarks<?> watermarks) {
    this.boundMillis = watermarks.outOfOrdernessMillis();
    this.idleAfterMillis =
        watermarks.idleAfter().map(duration -> duration.toMillis()).orElse(Long.MAX_VALUE);
  }

  /** Adds a split, with the greatest timestamp it had when it was stored. */
  public SplitClock add(long maxTimestamp, long nowMillis) {
    SplitClock split = new SplitClock(maxTimestamp, nowMillis);
    splits.add(split);
    return split;
  }

  /** Looks at all splits; call once per batch. */
  public void update(long nowMillis) {
    long min = Long.MAX_VALUE;
    long furthest = Long.MIN_VALUE;
    boolean allIdle = true;
    for (SplitClock split : splits) {
      furthest = Math.max(furthest, watermarkOf(split));
      if (!split.isIdle(nowMillis, idleAfterMillis)) {
        allIdle = false;
        min = Math.min(min, watermarkOf(split));
      }
    }
    isIdle = allIdle;
    current = Math.max(current, allIdle ? furthest : min);
  }

  /** The watermark, epoch milliseconds; never falls. */
  public long current() {
    return current;
  }

  /** Whether all splits are idle, or there are none. */
  public boolean isIdle() {
    return isIdle;
  }

  /** How long until the next split is idle, if no record comes; as of the last update. */
  public long millisToIdle(long nowMillis) {
    long least = Long.MAX_VALUE;
    if (idleAfterMillis < Long.MAX_VALUE) {
      for (SplitClock split : splits) {
        long left = split.millisToIdle(nowMillis, idleAfterMillis);
        least = left > 0 ? Math.min(least, left) : least;
      }
    }
    return least;
  }

  private long watermarkOf(SplitClock split) {
    long max = split.maxTimestamp();
    return max == Long.MIN_VALUE ? max : max - boundMillis - 1;
  }
}
