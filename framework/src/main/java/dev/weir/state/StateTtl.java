package dev.weir.state;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How long state lives that nobody touches. Immutable.
 *
 * <p>Values, each element of a list and each entry of a map expire on their own: once the clock
 * says that the time to live has passed since the last touch, they are never seen again, neither by
 * reads nor in iterations. Time is the engine's clock, processing time; a touch is stored with the
 * state, so restores and rescaling change nothing. The duration may be changed from one start to
 * the next and then counts for all state; between {@link #none} and any other state cannot change.
 *
 * <p>What has expired is removed when it is met, and by a walk in the background over what
 * completed checkpoints hold, 256 rows a step, which begins with the start and then a quarter of
 * the time to live, at least a second, after the last one ended. So state of a key that is never
 * seen again is gone after at most one and a quarter of its time to live and the time of two walks
 * and two checkpoints.
 *
 * @param timeToLive at least a millisecond; zero for {@link #none}
 * @param updateType which touches count
 */
public record StateTtl(Duration timeToLive, UpdateType updateType) implements Serializable {
  private static final StateTtl NONE = new StateTtl(Duration.ZERO, UpdateType.ON_CREATE_AND_WRITE);

  /** Checks both parts. */
  public StateTtl {
    Objects.requireNonNull(timeToLive, "timeToLive");
    Objects.requireNonNull(updateType, "updateType");
    if (!timeToLive.isZero() && timeToLive.toMillis() < 1) {
      throw new IllegalArgumentException(
          "The time to live of state must be at least a millisecond, got " + timeToLive + ".");
    }
  }

  /** Which touches begin the time anew. */
  public enum UpdateType {
    /** Every write. */
    ON_CREATE_AND_WRITE,
    /** Every write and every read, which makes each read a write. */
    ON_READ_AND_WRITE
  }

  /**
   * @return no end: state lives until it is cleared; the default
   */
  public static StateTtl none() {
    return NONE;
  }

  /**
   * @param timeToLive at least a millisecond
   * @return expiry a time after the last write
   */
  public static StateTtl onCreateAndWrite(Duration timeToLive) {
    return enabled(timeToLive, UpdateType.ON_CREATE_AND_WRITE);
  }

  /**
   * @param timeToLive at least a millisecond
   * @return expiry a time after the last write or read
   */
  public static StateTtl onReadAndWrite(Duration timeToLive) {
    return enabled(timeToLive, UpdateType.ON_READ_AND_WRITE);
  }

  private static StateTtl enabled(Duration timeToLive, UpdateType updateType) {
    StateTtl ttl = new StateTtl(timeToLive, updateType);
    if (!ttl.isEnabled()) {
      throw new IllegalArgumentException(
          "The time to live of state must be at least a millisecond, got 0. For state without end"
              + " use StateTtl.none().");
    }
    return ttl;
  }

  /**
   * @return whether state expires at all
   */
  public boolean isEnabled() {
    return !timeToLive.isZero();
  }
}
