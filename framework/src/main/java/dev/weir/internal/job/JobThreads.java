package dev.weir.internal.job;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads on which a job does blocking work. */
final class JobThreads {
  private static final long IDLE_SECONDS = 10;

  private JobThreads() {}

  /** As many as there is blocking work at once, which parallelism bounds; idle ones end. */
  static ExecutorService io(String job) {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "weir-" + job + "-io-" + count.getAndIncrement());
          thread.setDaemon(true);
          return thread;
        });
  }
}
