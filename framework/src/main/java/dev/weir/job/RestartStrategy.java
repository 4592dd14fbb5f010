package dev.weir.job;

import java.time.Duration;

/**
 * When and how often a failed job is started again from its last completed checkpoint. Immutable.
 */
public sealed interface RestartStrategy {
  /** The first failure ends the job. */
  record None() implements RestartStrategy {}

  /**
   * The same pause before each restart.
   *
   * @param delay the pause
   * @param maxRestarts restarts in all; the failure after the last one ends the job
   */
  record FixedDelay(Duration delay, int maxRestarts) implements RestartStrategy {
    /** Checks the bounds. */
    public FixedDelay {
      requirePositive(delay, "delay", true);
      if (maxRestarts < 0) {
        throw new IllegalArgumentException("maxRestarts must not be negative, got " + maxRestarts);
      }
    }
  }

  /**
   * A pause that doubles with each failure, up to a bound, and starts anew after a quiet time.
   * Never gives up.
   *
   * @param initial the first pause
   * @param max the longest pause
   * @param resetAfter running this long without failure sets the pause back to the first
   */
  record ExponentialDelay(Duration initial, Duration max, Duration resetAfter)
      implements RestartStrategy {
    /** Checks the bounds. */
    public ExponentialDelay {
      requirePositive(initial, "initial", false);
      requirePositive(max, "max", false);
      requirePositive(resetAfter, "resetAfter", false);
      if (max.compareTo(initial) < 0) {
        throw new IllegalArgumentException(
            "The longest pause " + max + " must not be below the first, " + initial);
      }
    }
  }

  /**
   * The same pause before each restart, as long as failures are rare.
   *
   * @param maxFailures failures within the time that are borne; one more ends the job
   * @param interval the time
   * @param delay the pause
   */
  record FailureRate(int maxFailures, Duration interval, Duration delay)
      implements RestartStrategy {
    /** Checks the bounds. */
    public FailureRate {
      requirePositive(interval, "interval", false);
      requirePositive(delay, "delay", true);
      if (maxFailures < 1) {
        throw new IllegalArgumentException("maxFailures must be 1 or more, got " + maxFailures);
      }
    }
  }

  /**
   * @return the first failure ends the job
   */
  static RestartStrategy none() {
    return new None();
  }

  /**
   * @param delay pause before each restart
   * @param maxRestarts restarts in all
   * @return a strategy that gives up after so many restarts
   */
  static RestartStrategy fixedDelay(Duration delay, int maxRestarts) {
    return new FixedDelay(delay, maxRestarts);
  }

  /**
   * @param initial the first pause
   * @param max the longest pause
   * @return a strategy that never gives up and resets after ten times the longest pause
   */
  static RestartStrategy exponentialDelay(Duration initial, Duration max) {
    return new ExponentialDelay(initial, max, max.multipliedBy(10));
  }

  /**
   * @param maxFailures failures within the time that are borne; one more ends the job
   * @param interval the time
   * @param delay pause before each restart
   * @return a strategy that gives up when failures come too often
   */
  static RestartStrategy failureRate(int maxFailures, Duration interval, Duration delay) {
    return new FailureRate(maxFailures, interval, delay);
  }

  private static void requirePositive(Duration duration, String name, boolean zeroAllowed) {
    if (duration.isNegative() || (duration.isZero() && !zeroAllowed)) {
      throw new IllegalArgumentException(name + " must be above zero, got " + duration);
    }
  }
}
