package dev.weir.testing.kafka;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.SinkContext;
import dev.weir.connector.SourceContext;
import dev.weir.time.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A task as connectors see it: the test's thread is the task's, and sleeps until it is woken. */
final class TaskContext implements SourceContext, SinkContext, AutoCloseable {
  private static final long BOUND_MILLIS = 30_000;

  private final String job;
  private final ExecutorService io =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "test-io");
            thread.setDaemon(true);
            return thread;
          });
  private final Semaphore wakeUps = new Semaphore(0);
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private volatile CheckpointLedger ledger;
  private volatile Clock clock = Clock.system();

  TaskContext(String job) {
    this.job = job;
  }

  /** Lets the clock run so many times as fast. */
  void runClock(int speed) {
    clock = new FastClock(speed);
  }

  /** Steps until the condition holds; sleeps between steps until woken. */
  void until(String what, BooleanSupplier holds) {
    long end = Clock.system().monotonicMillis() + BOUND_MILLIS;
    while (!holds.getAsBoolean()) {
      if (Clock.system().monotonicMillis() > end) {
        throw new AssertionError("Waited " + BOUND_MILLIS + " ms in vain for " + what);
      }
      try {
        if (wakeUps.tryAcquire(50, TimeUnit.MILLISECONDS)) {
          wakeUps.drainPermits();
        }
      } catch (InterruptedException e) {
        throw new AssertionError("Interrupted while waiting for " + what, e);
      }
    }
  }

  TaskContext writingTo(CheckpointLedger jobsLedger) {
    ledger = jobsLedger;
    return this;
  }

  @Override
  public CheckpointLedger ledger() {
    return ledger;
  }

  @Override
  public String jobName() {
    return job;
  }

  @Override
  public String stageName() {
    return "stage";
  }

  @Override
  public int subtaskIndex() {
    return 0;
  }

  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Executor io() {
    return io;
  }

  @Override
  public void wakeUp() {
    wakeUps.release();
  }

  @Override
  public MeterRegistry meters() {
    return meters;
  }

  @Override
  public Tags tags() {
    return Tags.of("job", job);
  }

  @Override
  public void close() {
    io.shutdownNow();
  }

  /** The machine's clock, only faster. */
  private record FastClock(int speed) implements Clock {
    @Override
    public long millis() {
      return Clock.system().millis();
    }

    @Override
    public long nanos() {
      return Clock.system().nanos() * speed;
    }
  }
}
