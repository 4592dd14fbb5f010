package dev.weir.internal.job;

import dev.weir.error.WeirException;
import dev.weir.job.RestartStrategy;
import java.time.Duration;
import java.util.Optional;

/** Decides whether and when a failed job starts again. Pure; confined to the job's thread. */
final class Restarts {
  private final RestartStrategy strategy;
  private int count;
  private Duration nextDelay = Duration.ZERO;

  Restarts(RestartStrategy strategy) {
    this.strategy = strategy;
  }

  /** Restarts so far. */
  int count() {
    return count;
  }

  /**
   * The pause before the next attempt; empty: the job ends.
   *
   * @param cause what ended the attempt
   * @param ranFor how long it was running
   */
  Optional<Duration> afterFailure(Throwable cause, Duration ranFor) {
    if (cause instanceof WeirException known && !known.isRestartable()) {
      return Optional.empty();
    }
    Optional<Duration> delay = delay(ranFor);
    if (delay.isPresent()) {
      count++;
    }
    return delay;
  }

  private Optional<Duration> delay(Duration ranFor) {
    if (strategy instanceof RestartStrategy.FixedDelay fixed) {
      return count < fixed.maxRestarts() ? Optional.of(fixed.delay()) : Optional.empty();
    }
    if (strategy instanceof RestartStrategy.ExponentialDelay exponential) {
      boolean isFirst = nextDelay.isZero() || ranFor.compareTo(exponential.resetAfter()) >= 0;
      Duration delay = isFirst ? exponential.initial() : nextDelay;
      Duration doubled = delay.multipliedBy(2);
      nextDelay = doubled.compareTo(exponential.max()) > 0 ? exponential.max() : doubled;
      return Optional.of(delay);
    }
    return Optional.empty();
  }
}
