package dev.weir.testing.sim;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs each piece of blocking work on a strand of its own. */
final class SimIo extends AbstractExecutorService {
  private final SimProcess process;
  private final String name;
  private int count;
  private boolean isShutdown;

  SimIo(SimProcess process, String name) {
    this.process = process;
    this.name = name;
  }

  @Override
  public void execute(Runnable work) {
    if (isShutdown) {
      throw new RejectedExecutionException(name + " is shut down");
    }
    if (!process.isDead()) {
      process.start(name + "-" + count++, work);
    }
  }

  @Override
  public void shutdown() {
    isShutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    isShutdown = true;
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
}
