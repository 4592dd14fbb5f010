package dev.weir.benchmarks.flink;

import dev.weir.benchmarks.work.EngineArguments;
import dev.weir.benchmarks.work.Marks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs one workload with Flink in this process until it ends or is killed. */
public final class FlinkEngine {
  private FlinkEngine() {}

  /** Takes the driver's arguments, and {@code --backend hashmap|rocksdb}. */
  public static void main(String[] given) throws Exception {
    EngineArguments arguments = EngineArguments.parse(given);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(
            arguments.parallelism(), Configuration.fromMap(settings(arguments)));
    Jobs.describe(environment, arguments);
    environment.execute();
    if (arguments.isEngineOnly()) {
      Marks.last();
    }
  }

  private static Map<String, String> settings(EngineArguments arguments) throws IOException {
    Path folder = arguments.folder();
    Path checkpoints = folder.resolve("checkpoints");
    Map<String, String> settings = new HashMap<>();
    settings.put("execution.checkpointing.interval", arguments.interval().toMillis() + "ms");
    settings.put("execution.checkpointing.mode", "EXACTLY_ONCE");
    settings.put("execution.checkpointing.storage", "filesystem");
    settings.put("execution.checkpointing.dir", checkpoints.toUri().toString());
    settings.put("execution.checkpointing.incremental", "true");
    settings.put(
        "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    settings.put("state.backend.type", arguments.text("backend", "hashmap"));
    settings.put("state.backend.rocksdb.localdir", folder.resolve("rocksdb").toString());
    settings.put("state.backend.rocksdb.use-bloom-filter", "true");
    settings.put("taskmanager.memory.managed.size", "1g");
    settings.put("restart-strategy.type", "disable"); // A failure ends the process and the run.
    settings.put("pipeline.object-reuse", "true");
    settings.put("pipeline.generic-types", "false");
    settings.put("rest.bind-address", "127.0.0.1");
    settings.put("io.tmp.dirs", folder.resolve("tmp").toString());
    newest(checkpoints).ifPresent(path -> settings.put("execution.state-recovery.path", path));
    return settings;
  }

  /** A process that died without notice starts from the newest complete checkpoint. */
  private static Optional<String> newest(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.find(checkpoints, 3, (p, a) -> p.endsWith("_metadata"))) {
      return files
          .map(Path::getParent)
          .max(Comparator.comparingInt(FlinkEngine::numberOf))
          .map(path -> path.toUri().toString());
    }
  }

  private static int numberOf(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().substring("chk-".length()));
  }
}
