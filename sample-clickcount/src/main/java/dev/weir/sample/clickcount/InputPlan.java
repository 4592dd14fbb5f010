package dev.weir.sample.clickcount;

import java.time.Duration;
import java.time.Instant;

/**
 * Which windows the input holds. Immutable.
 *
 * @param start first moment of the first window; on a window's boundary
 * @param windows how many windows, side by side; at least 1
 */
public record InputPlan(Instant start, long windows) {
  /** The page of the clicks that end the input. */
  public static final String CLOSING_PAGE = "/end";

  private static final Duration CLOSING_GAP = Clicks.WINDOW.multipliedBy(4);

  /** Checks the bounds. */
  public InputPlan {
    if (windows < 1) {
      throw new IllegalArgumentException("There must be at least 1 window, got " + windows);
    }
    if (!start.equals(windowOf(start))) {
      throw new IllegalArgumentException(
          "The first window must start on a multiple of "
              + Clicks.WINDOW
              + " since the epoch, got "
              + start);
    }
  }

  /**
   * Plans whole windows that take about the given time to send, and whose event time ends about
   * now.
   *
   * @param now wall-clock time
   * @param clicksPerSecond how fast clicks are sent
   * @param duration how long to send
   * @return the plan
   */
  public static InputPlan lasting(Instant now, int clicksPerSecond, Duration duration) {
    long clicks = duration.toMillis() * clicksPerSecond / 1000;
    long windows = Math.max(1, clicks / Clicks.PER_WINDOW);
    return new InputPlan(windowOf(now).minus(Clicks.WINDOW.multipliedBy(windows)), windows);
  }

  /**
   * @return first moment after the last window
   */
  public Instant end() {
    return start.plus(Clicks.WINDOW.multipliedBy(windows));
  }

  /**
   * @return the time of the clicks that end the input: so late that they close every window before
   */
  public Instant closingTime() {
    return end().plus(CLOSING_GAP);
  }

  private static Instant windowOf(Instant time) {
    long window = Clicks.WINDOW.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), window) * window);
  }
}
