package dev.weir.internal.base;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs work one after the other on the threads of another executor. Thread-safe. */
public final class SerialExecutor implements Executor {
  private final Executor threads;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean isRunning;

  /** Borrows threads from this executor. */
  public SerialExecutor(Executor threads) {
    this.threads = threads;
  }

  @Override
  public synchronized void execute(Runnable work) {
    waiting.add(work);
    if (!isRunning) {
      isRunning = true;
      submit();
    }
  }

  private void submit() {
    try {
      threads.execute(this::runNext);
    } catch (RejectedExecutionException shutDown) {
      waiting.clear(); // The job has ended meanwhile; nobody waits for what is left.
      isRunning = false;
    }
  }

  private void runNext() {
    try {
      next().run();
    } finally {
      again();
    }
  }

  private synchronized Runnable next() {
    return waiting.remove();
  }

  private synchronized void again() {
    isRunning = !waiting.isEmpty();
    if (isRunning) {
      submit();
    }
  }
}
