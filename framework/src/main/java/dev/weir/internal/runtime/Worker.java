package dev.weir.internal.runtime;

import dev.weir.internal.base.Stepped;
import dev.weir.internal.base.Threads;
import dev.weir.internal.base.Waker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A thread that steps tasks for as long as there is something to do, and else sleeps until it is
 * woken, or until the clock may matter to one of them, a second at most.
 */
public final class Worker implements Waker {
  private static final long LONGEST_REST_MILLIS = 1_000;

  private final List<Stepped> tasks = new CopyOnWriteArrayList<>();
  private final FailureListener failures;
  private final String name;
  private final Threads.Strand thread;
  private volatile boolean isWoken;
  private volatile boolean isAsleep;
  private volatile boolean isStopped;
  private volatile Stepped current;
  private long steps; // Others see it by way of `current`, which is written behind it.

  /** A worker that is not started; failures are told on its thread. */
  public Worker(Threads threads, String name, boolean isDaemon, FailureListener failures) {
    this.name = name;
    this.failures = failures;
    this.thread = threads.strand(name, isDaemon, this::run);
  }

  /** Gives the worker one more task; before or after the start. */
  public void add(Stepped task) {
    tasks.add(task);
    wake();
  }

  /** Begins to step. */
  public void start() {
    thread.start();
  }

  /** Ends the thread after the current step; from any thread. */
  public void stop() {
    isStopped = true;
    wake();
  }

  /** Waits for the thread's end; false if it has not ended in time. */
  public boolean join(long timeoutMillis) throws InterruptedException {
    return thread.join(timeoutMillis);
  }

  /** Interrupts user code that does not return. */
  public void interrupt() {
    thread.interrupt();
  }

  @Override
  public void wake() {
    if (!isWoken) {
      isWoken = true;
      if (isAsleep) {
        thread.unpark();
      }
    }
  }

  private void run() {
    while (!isStopped) {
      isWoken = false;
      boolean worked = false;
      for (Stepped task : tasks) {
        worked |= step(task);
      }
      if (!worked) {
        sleep();
      }
    }
  }

  /** A step that has begun and not ended; no other one is equal to it. */
  record Turn(Stepped task, long number) {}

  /** What is being stepped now; from any thread. */
  Optional<Turn> turn() {
    return Optional.ofNullable(current).map(task -> new Turn(task, steps));
  }

  /** What the thread is called. */
  String name() {
    return name;
  }

  /** What the thread is doing, the innermost call first; from any thread. */
  List<StackTraceElement> stack() {
    return thread.stack();
  }

  private boolean step(Stepped task) {
    steps++;
    current = task;
    try {
      return task.step();
    } catch (Throwable failure) {
      tasks.remove(task);
      failures.failed(task, failure);
      return true;
    }
  }

  private void sleep() {
    current = null;
    isAsleep = true;
    if (!isWoken) {
      thread.park(TimeUnit.MILLISECONDS.toNanos(restMillis()));
    }
    isAsleep = false;
  }

  private long restMillis() {
    long rest = LONGEST_REST_MILLIS;
    for (Stepped task : tasks) {
      rest = Math.min(rest, task.restMillis());
    }
    return Math.max(1, rest);
  }

  /** Learns what a task threw; the task is not stepped again. */
  @FunctionalInterface
  public interface FailureListener {
    /** On the worker's thread. */
    void failed(Stepped task, Throwable failure);
  }
}
