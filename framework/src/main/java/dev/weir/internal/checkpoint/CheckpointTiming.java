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

  /** A checkpoint that is under way for so long is told to be slow. */
  private static final long SHORTEST_SLOW = 1_000;

  /** As configured. */
  public static CheckpointTiming of(CheckpointOptions options) {
    return new CheckpointTiming(
        options.interval().map(Duration::toMillis).orElse(OFF),
        options.timeout().toMillis(),
        options.minPause().toMillis());
  }

  /** The first one after a restore that needs none at once. */
  public long after(long nowMillis) {
    return interval == OFF ? OFF : nowMillis + interval;
  }

  /** When one that begins now is slow: it spoils the pace, or has used half of its time. */
  long slowAfter() {
    return Math.min(timeout / 2, Math.max(SHORTEST_SLOW, interval));
  }
}
