package dev.weir.connectors.kafka;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One client's share of the one thread that looks for new meters of all clients: closing the share
 * stops that client's work, and the thread ends when no share has any. Thread-safe.
 */
final class RefreshScheduler extends AbstractExecutorService implements ScheduledExecutorService {
  private static final ScheduledThreadPoolExecutor SHARED = shared();

  private final Queue<ScheduledFuture<?>> work = new ConcurrentLinkedQueue<>();
  private volatile boolean isShutdown;

  private static ScheduledThreadPoolExecutor shared() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "weir-kafka-meters");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return kept(SHARED.scheduleAtFixedRate(command, initialDelay, period, unit));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return kept(SHARED.scheduleWithFixedDelay(command, initialDelay, delay, unit));
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return kept(SHARED.schedule(command, delay, unit));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return kept(SHARED.schedule(callable, delay, unit));
  }

  @Override
  public void execute(Runnable command) {
    SHARED.execute(command);
  }

  @Override
  public void shutdown() {
    shutdownNow();
  }

  @Override
  public List<Runnable> shutdownNow() {
    isShutdown = true;
    work.forEach(future -> future.cancel(false));
    work.clear();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return isShutdown;
  }

  @Override
  public boolean isTerminated() {
    return isShutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isShutdown;
  }

  private <F extends ScheduledFuture<?>> F kept(F future) {
    work.add(future);
    if (isShutdown) {
      future.cancel(false);
    }
    return future;
  }
}
