package dev.weir.testing.sim;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Real threads, used again and again by all runs that one thread makes. Each is started by one that
 * has the baton, so where that one may run it may run, too: see {@link OneCore}.
 */
final class Carriers {
  private static final ThreadLocal<Carriers> OWN = ThreadLocal.withInitial(Carriers::new);

  /** As long as its carriers are there, a simulated engine's classes are. */
  private static final int IDLE_SECONDS = 2;

  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Carriers::make);

  private Carriers() {}

  static Carriers ofThisThread() {
    return OWN.get();
  }

  private static Thread make(Runnable work) {
    Thread thread = new Thread(work, "weir-sim");
    thread.setDaemon(true);
    return thread;
  }

  void carry(Runnable work) {
    pool.execute(work);
  }
}
