package dev.weir.internal.base;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Threads of the JVM. */
enum SystemThreads implements Threads {
  INSTANCE;

  private static final long IDLE_SECONDS = 10;

  @Override
  public Strand strand(String name, boolean isDaemon, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(isDaemon);
    return new SystemStrand(thread);
  }

  @Override
  public ExecutorService io(String name) {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, name + "-" + count.getAndIncrement());
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** A thread of the JVM. */
  private record SystemStrand(Thread thread) implements Strand {
    @Override
    public void start() {
      thread.start();
    }

    @Override
    public void park(long nanos) {
      LockSupport.parkNanos(this, nanos);
    }

    @Override
    public void unpark() {
      LockSupport.unpark(thread);
    }

    @Override
    public void interrupt() {
      thread.interrupt();
    }

    @Override
    public List<StackTraceElement> stack() {
      return List.of(thread.getStackTrace());
    }

    @Override
    public boolean join(long timeoutMillis) throws InterruptedException {
      thread.join(timeoutMillis);
      return !thread.isAlive();
    }
  }
}
