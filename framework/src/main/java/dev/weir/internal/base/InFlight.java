package dev.weir.internal.base;

import dev.weir.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** Runs work on another executor and can wait until none is under way. Thread-safe. */
public final class InFlight implements Executor {
  private final Executor threads;
  private final Clock clock;
  private int count;
  private CountDownLatch none = new CountDownLatch(0);

  /** Borrows threads from this executor, and waits by this clock. */
  public InFlight(Executor threads, Clock clock) {
    this.threads = threads;
    this.clock = clock;
  }

  @Override
  public void execute(Runnable work) {
    began();
    try {
      threads.execute(
          () -> {
            try {
              work.run();
            } finally {
              ended();
            }
          });
    } catch (RuntimeException refused) {
      ended();
      throw refused;
    }
  }

  /** Blocks until everything that was begun has ended. */
  public void awaitNone() throws InterruptedException {
    clock.await(none(), Long.MAX_VALUE);
  }

  private synchronized CountDownLatch none() {
    return none;
  }

  private synchronized void began() {
    if (count == 0) {
      none = new CountDownLatch(1);
    }
    count++;
  }

  private synchronized void ended() {
    count--;
    if (count == 0) {
      none.countDown();
    }
  }
}
