package dev.weir.internal.snapshot.warm;

import dev.weir.time.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;

/**
 * Holds whoever copies to a number of bytes per second, until it is stopped. One thread spends; any
 * thread may stop it.
 */
final class Pace {
  private static final long SHORTEST_WAIT_MILLIS = 10;

  private final Clock clock;
  private final long bytesPerSecond;
  private final long beganMillis;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private long spent;

  Pace(Clock clock, long bytesPerSecond) {
    this.clock = clock;
    this.bytesPerSecond = bytesPerSecond;
    this.beganMillis = clock.monotonicMillis();
  }

  /** So many bytes are copied; waits if that is ahead of time, and fails when it is stopped. */
  void spend(int bytes) throws IOException {
    spent += bytes;
    long due = beganMillis + spent * 1_000 / bytesPerSecond;
    try {
      long wait = due - clock.monotonicMillis();
      boolean isOver =
          wait >= SHORTEST_WAIT_MILLIS ? clock.await(stopped, wait) : stopped.getCount() == 0;
      if (isOver) {
        throw new InterruptedIOException("It is not wanted any more");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while it waited");
    }
  }

  long spent() {
    return spent;
  }

  void stop() {
    stopped.countDown();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }
}
