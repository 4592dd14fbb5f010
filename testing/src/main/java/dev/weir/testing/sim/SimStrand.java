package dev.weir.testing.sim;

import dev.weir.internal.base.Threads;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A thread of a simulated process: a real one, that runs only while it has the baton. */
final class SimStrand implements Threads.Strand {
  private final SimProcess process;
  private final String name;
  private final Runnable body;
  private final Baton baton = new Baton();
  private BooleanSupplier condition = SimStrand::never;
  private long deadline = Long.MIN_VALUE;
  private boolean isCarried;
  private boolean isEnded;
  private boolean isPermitted;
  private boolean isInterrupted;

  SimStrand(SimProcess process, String name, Runnable body) {
    this.process = process;
    this.name = name;
    this.body = body;
  }

  private static boolean never() {
    return false;
  }

  String name() {
    return name;
  }

  SimProcess process() {
    return process;
  }

  // ---- for the scheduler

  /** When it can go on at the latest; {@link Long#MIN_VALUE}: now. */
  long deadline() {
    return deadline;
  }

  boolean isReady(long nowNanos) {
    return deadline <= nowNanos || condition.getAsBoolean();
  }

  void waitFor(BooleanSupplier newCondition, long newDeadline) {
    condition = newCondition;
    deadline = newDeadline;
  }

  void goOn() {
    condition = SimStrand::never;
    deadline = Long.MIN_VALUE;
  }

  /** Gives it the baton; the caller then waits for his own. */
  void resume() {
    if (!isCarried) {
      isCarried = true;
      process.scheduler().carriers().carry(this::carry);
    }
    baton.give();
  }

  void awaitTurn() {
    baton.take();
  }

  private void carry() {
    baton.take();
    Throwable thrown = null;
    try {
      if (!process.isDead()) {
        body.run();
      }
    } catch (Killed end) {
      // The process is dead, and so is its strand.
    } catch (Throwable uncaught) {
      thrown = process.isDead() ? null : uncaught;
    }
    isEnded = true;
    process.scheduler().ended(this, thrown);
  }

  // ---- for the engine

  @Override
  public void start() {
    process.scheduler().add(this);
  }

  @Override
  public void park(long nanos) {
    process.scheduler().waitFor("park", () -> isPermitted, nanos);
    isPermitted = false;
  }

  @Override
  public void unpark() {
    isPermitted = true;
  }

  @Override
  public void interrupt() {
    isInterrupted = true;
  }

  /** Not told: what the thread that carries it does now is the simulation's. */
  @Override
  public List<StackTraceElement> stack() {
    return List.of();
  }

  @Override
  public boolean join(long timeoutMillis) {
    process
        .scheduler()
        .waitFor("join", () -> isEnded, TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
    return isEnded;
  }

  /** Whether it was interrupted since the last call. */
  boolean takeInterrupt() {
    boolean was = isInterrupted;
    isInterrupted = false;
    return was;
  }

  boolean isInterrupted() {
    return isInterrupted;
  }
}
