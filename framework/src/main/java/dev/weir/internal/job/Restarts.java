package dev.weir.internal.job;

import dev.weir.error.FailureKind;
import dev.weir.job.RestartStrategy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Decides whether and when a failed job starts again. Pure; confined to the job's thread. */
final class Restarts {
  private final RestartStrategy strategy;
  private int count;
  private Duration nextDelay = Duration.ZERO;
  private final Deque<Long> recent = new ArrayDeque<>();

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
   * @param nowMillis when it failed, on any clock
   */
  Optional<Duration> afterFailure(Throwable cause, Duration ranFor, long nowMillis) {
    if (!FailureKind.of(cause).isRestartable()) {
      return Optional.empty();
    }
    Optional<Duration> delay = delay(ranFor, nowMillis);
    if (delay.isPresent()) {
      count++;
    }
    return delay;
  }

  private Optional<Duration> delay(Duration ranFor, long nowMillis) {
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
    if (strategy instanceof RestartStrategy.FailureRate rate) {
      recent.add(nowMillis);
      while (recent.peek() <= nowMillis - rate.interval().toMillis()) {
        recent.remove();
      }
      return recent.size() <= rate.maxFailures() ? Optional.of(rate.delay()) : Optional.empty();
    }
    return Optional.empty();
  }
}
