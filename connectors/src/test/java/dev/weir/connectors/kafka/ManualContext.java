package dev.weir.connectors.kafka;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.SinkContext;
import dev.weir.connector.SourceContext;
import dev.weir.time.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** A task whose I/O runs when the test says so, on the test's thread, and whose clock stands. */
public final class ManualContext implements SourceContext, SinkContext, Clock {
  private final Queue<Runnable> io = new ArrayDeque<>();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private CheckpointLedger ledger;
  private int wakeUps;
  private long nanos;

  /** Runs the oldest job; false if there is none. */
  public boolean runOne() {
    Runnable job = io.poll();
    if (job != null) {
      job.run();
    }
    return job != null;
  }

  public int waitingJobs() {
    return io.size();
  }

  public int wakeUps() {
    return wakeUps;
  }

  public void advanceMillis(long millis) {
    nanos += millis * 1_000_000;
  }

  public ManualContext writingTo(CheckpointLedger jobsLedger) {
    ledger = jobsLedger;
    return this;
  }

  @Override
  public CheckpointLedger ledger() {
    return ledger;
  }

  @Override
  public String jobName() {
    return "job";
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
    return this;
  }

  @Override
  public long millis() {
    return nanos / 1_000_000;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Executor io() {
    return io::add;
  }

  @Override
  public void wakeUp() {
    wakeUps++;
  }

  @Override
  public MeterRegistry meters() {
    return meters;
  }

  @Override
  public Tags tags() {
    return Tags.of("job", "job");
  }
}
