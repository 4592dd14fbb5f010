package dev.weir.internal.job;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.error.InvalidConfigException;
import dev.weir.job.CheckpointingMode;
import dev.weir.job.ConfigKey;
import dev.weir.job.JobConfig;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import java.util.Optional;

/** Whether checkpoints can give what the sinks promise. Pure. */
final class ModeCheck {
  private ModeCheck() {}

  /** Throws {@link InvalidConfigException} that names a sink whose promise cannot be kept. */
  static void check(LogicalGraph graph, JobConfig config) {
    if (config.checkpoints().mode() == CheckpointingMode.EXACTLY_ONCE) {
      return;
    }
    for (Stage stage : graph.stages()) {
      if (stage instanceof Stage.SinkStage<?> sink
          && sink.sink().guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
        throw new InvalidConfigException(
            "Sink '"
                + stage.name()
                + "' of job '"
                + graph.name()
                + "' promises exactly once, but "
                + ConfigKey.CHECKPOINT_MODE.key()
                + " is at-least-once: after a failure some records count again. Take the default"
                + " mode, or DeliveryGuarantee.AT_LEAST_ONCE for the sink.");
      }
    }
  }

  /** What is at stake without periodic checkpoints; empty: there are some. */
  static Optional<String> warning(JobConfig config) {
    return config.checkpoints().interval().isPresent()
        ? Optional.empty()
        : Optional.of(
            "periodic checkpoints are off ("
                + ConfigKey.CHECKPOINT_INTERVAL.key()
                + "=0): a failure sets the job back to its start or to the last checkpoint before"
                + " it, and output of exactly-once sinks is invisible until the job stops, and lost"
                + " to a new run if that takes longer than the broker holds a transaction. Set an"
                + " interval for anything but a test");
  }
}
