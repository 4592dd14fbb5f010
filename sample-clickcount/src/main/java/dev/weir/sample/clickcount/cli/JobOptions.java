package dev.weir.sample.clickcount.cli;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.job.StateBackend;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How the job runs. Filled by picocli. */
final class JobOptions {
  private static final int MAX_PARALLELISM = 128;

  @Option(
      names = "--parallelism",
      paramLabel = "TASKS",
      defaultValue = "2",
      description = "tasks per stage (default: ${DEFAULT-VALUE})")
  int parallelism;

  @Option(
      names = "--state",
      paramLabel = "heap|rocksdb",
      defaultValue = "heap",
      converter = Converters.State.class,
      description = "where state lives (default: ${DEFAULT-VALUE})")
  StateBackend state;

  @Option(
      names = "--guarantee",
      paramLabel = "exactly-once|at-least-once|none",
      defaultValue = "exactly-once",
      converter = Converters.Guarantee.class,
      description = "what readers of the output can rely on (default: ${DEFAULT-VALUE})")
  DeliveryGuarantee guarantee;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "DURATION",
      defaultValue = "1s",
      converter = Converters.Time.class,
      description = "from one checkpoint to the next (default: ${DEFAULT-VALUE})")
  Duration checkpointInterval;

  int parallelism() {
    if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
      throw new IllegalArgumentException(
          "--parallelism must be 1 to " + MAX_PARALLELISM + ", got " + parallelism);
    }
    return parallelism;
  }
}
