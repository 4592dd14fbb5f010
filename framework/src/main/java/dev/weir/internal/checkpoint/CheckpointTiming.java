package dev.weir.internal.checkpoint;

import dev.weir.job.CheckpointOptions;
import java.time.Duration;

/**
 * When checkpoints are due, in milliseconds. Immutable.
 *
 * @param interval from one start to the next; {@link #OFF}: no periodic ones
 * @param timeout after which the attempt fails
 * @param minPause the least time from one end to the next start
 */
public record CheckpointTiming(long interval, long timeout, long minPause) {
  /** No periodic checkpoints. */
  public static final long OFF = Long.MAX_VALUE;

  /** An idle job takes one so often, so that what it holds in other systems does not expire. */
  static final long LONGEST_SKIP = Duration.ofHours(1).toMillis();

  /** Part of the interval that is long enough for some work to be done. */
  private static final long SOON = 10;

  /** A checkpoint that is under way for so long is told to be slow. */
  private static final long SHORTEST_SLOW = 1_000;

  /** As configured. */
  public static CheckpointTiming of(CheckpointOptions options) {
    return new CheckpointTiming(
        options.interval().map(Duration::toMillis).orElse(OFF),
        options.timeout().toMillis(),
        options.minPause().toMillis());
  }

  /**
   * When an attempt takes its first checkpoint: as soon as records were taken.
   *
   * @param from not before
   * @param latest then also if none were
   */
  public record First(long from, long latest) {
    /** At once: positions are new, and nothing is read before they are kept. */
    public static First at(long nowMillis) {
      return new First(nowMillis, nowMillis);
    }
  }

  /** For an attempt that goes on from a checkpoint; readers have waited since before it failed. */
  public First afterRestore(long nowMillis) {
    return new First(soonAfter(nowMillis), after(nowMillis));
  }

  /** When to look again whether records were taken since the restore. */
  long soonAfter(long nowMillis) {
    return interval == OFF ? OFF : nowMillis + Math.max(1, interval / SOON);
  }

  /** The one after one that begins now. */
  long after(long nowMillis) {
    return interval == OFF ? OFF : nowMillis + interval;
  }

  /** When one that begins now is slow: it spoils the pace, or has used half of its time. */
  long slowAfter() {
    return Math.min(timeout / 2, Math.max(SHORTEST_SLOW, interval));
  }
}
