package dev.weir.benchmarks.weir;

import dev.weir.Weir;
import dev.weir.benchmarks.work.EngineArguments;
import dev.weir.benchmarks.work.Marks;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.StateBackend;
import dev.weir.pipeline.Pipeline;
import java.time.Duration;
import java.util.Locale;

/** Runs one workload with Weir until it ends or is killed. */
public final class WeirEngine {
  /** As much as Flink with RocksDB is given; its default would be half of what the heap leaves. */
  private static final long STATE_BYTES = 1L << 30;

  private WeirEngine() {}

  /** Takes the driver's arguments, and {@code --backend heap|rocksdb}. */
  public static void main(String[] given) throws Exception {
    EngineArguments arguments = EngineArguments.parse(given);
    try (Job job = Weir.start(pipeline(arguments), config(arguments))) {
      job.await();
    }
    if (arguments.isEngineOnly()) {
      Marks.last();
    }
  }

  private static Pipeline pipeline(EngineArguments arguments) {
    return switch (arguments.workload()) {
      case "W1" -> Pipelines.clickCount(arguments);
      case "W3" -> Pipelines.bigState(arguments);
      case "W6" -> Pipelines.engineOnly(arguments);
      case "W8" -> Pipelines.keyedSum(arguments);
      case "W9" -> Pipelines.windowedCount(arguments);
      default -> Pipelines.passThrough(arguments);
    };
  }

  private static JobConfig config(EngineArguments arguments) {
    return JobConfig.builder()
        .parallelism(arguments.parallelism())
        .checkpointInterval(arguments.interval())
        .checkpointTimeout(Duration.ofSeconds(60))
        .checkpointStorage(arguments.folder().resolve("checkpoints"))
        .localDirectory(arguments.folder().resolve("state"))
        .stateMemory(STATE_BYTES)
        .stateBackend(
            StateBackend.valueOf(arguments.text("backend", "heap").toUpperCase(Locale.ROOT)))
        .build();
  }
}
