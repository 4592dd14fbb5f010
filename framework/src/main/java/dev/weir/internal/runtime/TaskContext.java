package dev.weir.internal.runtime;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.SinkContext;
import dev.weir.connector.SourceContext;
import dev.weir.internal.base.Waker;
import dev.weir.time.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.Executor;

/** What a connector's part in one task may use. Immutable. */
record TaskContext(
    String jobName,
    String stageName,
    int subtaskIndex,
    int parallelism,
    Waker waker,
    AttemptScope scope)
    implements SourceContext, SinkContext {

  @Override
  public Clock clock() {
    return scope.clock();
  }

  @Override
  public Executor io() {
    return scope.io();
  }

  @Override
  public void wakeUp() {
    waker.wake();
  }

  @Override
  public MeterRegistry meters() {
    return scope.meters();
  }

  @Override
  public Tags tags() {
    return Tags.of("job", jobName, "stage", stageName, "subtask", Integer.toString(subtaskIndex));
  }

  @Override
  public CheckpointLedger ledger() {
    return scope.ledger();
  }
}
