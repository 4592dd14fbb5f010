package dev.weir.internal.base;

import java.util.concurrent.Executor;

/** Runs work on another executor and can wait until none is under way. Thread-safe. */
public final class InFlight implements Executor {
  private final Executor threads;
  private int count;

  /** Borrows threads from this executor. */
  public InFlight(Executor threads) {
    this.threads = threads;
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
  public synchronized void awaitNone() throws InterruptedException {
    while (count > 0) {
      wait();
    }
  }

  private synchronized void began() {
    count++;
  }

  private synchronized void ended() {
    count--;
    notifyAll();
  }
}
