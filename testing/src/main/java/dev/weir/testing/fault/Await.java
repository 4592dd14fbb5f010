package dev.weir.testing.fault;

import dev.weir.error.WeirException;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition with a bound, instead of sleeping. Thread-safe; blocks the caller. */
public final class Await {
  private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

  private Await() {}

  /**
   * Asks for the condition every few milliseconds until it holds.
   *
   * @param what what is awaited, as it should read in the error: "the second checkpoint"
   * @param bound how long to wait at most
   * @param holds asked at least once, on the calling thread
   * @throws WeirException when the bound passes or the thread is interrupted (its flag stays set)
   */
  public static void until(String what, Duration bound, BooleanSupplier holds) {
    long end = Clock.system().nanos() + bound.toNanos();
    while (!holds.getAsBoolean()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new WeirException(
            "Waited for " + what + ", the thread was interrupted; look for who gave up on it.");
      }
      if (Clock.system().nanos() - end > 0) {
        throw new WeirException(
            String.format(
                "Waited for %s, it did not come within %d ms; look at the logs of who should have"
                    + " done it, or allow more time on a slow machine.",
                what, bound.toMillis()));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
