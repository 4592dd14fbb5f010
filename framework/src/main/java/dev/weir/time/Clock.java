package dev.weir.time;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The only source of time in the engine. Thread-safe; blocks in {@link #await} only. */
public interface Clock {
  /**
   * @return wall-clock time, epoch milliseconds; may jump
   */
  long millis();

  /**
   * @return monotonic time in nanoseconds from an arbitrary origin
   */
  long nanos();

  /**
   * @return the machine's clock
   */
  static Clock system() {
    return SystemClock.INSTANCE;
  }

  /**
   * @return monotonic time in milliseconds from an arbitrary origin
   */
  default long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos());
  }

  /**
   * Waits by this clock. Code that has to wait for another thread does it here and nowhere else, so
   * that a simulation knows who waits for what.
   *
   * @param latch what to wait for
   * @param timeoutMillis how long at the most
   * @return true if the latch is open, false if the time is over
   * @throws InterruptedException if the caller is interrupted
   */
  default boolean await(CountDownLatch latch, long timeoutMillis) throws InterruptedException {
    return latch.await(timeoutMillis, TimeUnit.MILLISECONDS);
  }
}
