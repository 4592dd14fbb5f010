package dev.weir.internal.job;

import dev.weir.connector.SourceContext;
import dev.weir.time.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.Executor;

/**
 * What enumerators and ledgers may use: there is one of each per attempt, so the subtask is 0 of 1.
 */
record JobContext(String jobName, String stageName, Clock clock, Executor io, MeterRegistry meters)
    implements SourceContext {

  @Override
  public int subtaskIndex() {
    return 0;
  }

  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public void wakeUp() {}

  @Override
  public Tags tags() {
    return Tags.of("job", jobName, "stage", stageName);
  }
}
