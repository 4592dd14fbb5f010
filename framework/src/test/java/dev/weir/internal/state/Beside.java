package dev.weir.internal.state;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** What runs beside a simulated task. */
interface Beside extends Executor, AutoCloseable {
  /** A program with this seed begins. */
  void begin(long seed);

  /** The task stands between two things it does. */
  void turn();

  /** The task is about to wait for this. */
  void await(Future<?> work);

  /** The task is about to wait for all that runs. */
  void finish();

  @Override
  void close();

  /** Threads that run as they like. */
  static Beside threads(ExecutorService threads) {
    return new Beside() {
      @Override
      public void begin(long seed) {}

      @Override
      public void turn() {}

      @Override
      public void await(Future<?> work) {}

      @Override
      public void finish() {}

      @Override
      public void execute(Runnable work) {
        threads.execute(work);
      }

      @Override
      public void close() {
        threads.shutdownNow();
      }
    };
  }
}
