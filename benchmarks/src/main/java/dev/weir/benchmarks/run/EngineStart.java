package dev.weir.benchmarks.run;

import dev.weir.benchmarks.machine.EngineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * How an engine is started for one run; again after a kill.
 *
 * @param engine which
 * @param settings of all runs
 * @param id of this run
 * @param bootstrap the broker; empty without
 * @param folder for state
 * @param options of its JVM, besides the engine's own
 */
record EngineStart(
    Engine engine,
    Settings settings,
    String id,
    String bootstrap,
    Path folder,
    List<String> options) {
  static final String IN = "in";

  String out() {
    return id + "-out";
  }

  Path log() {
    return settings.folder().resolve("logs").resolve(id + ".log");
  }

  EngineProcess start() throws IOException {
    Files.createDirectories(folder);
    Files.createDirectories(log().getParent());
    List<String> command =
        new ArrayList<>(
            engine.command(
                settings.workload().isBig(settings.keys()), classPath(engine.module()), options));
    add(command, "workload", settings.workload());
    add(command, "id", id);
    add(command, "dir", folder);
    add(command, "interval", settings.intervalMillis());
    add(command, "parallelism", settings.parallelism());
    add(command, "count", settings.count());
    add(command, "keys", settings.keys());
    if (!bootstrap.isEmpty()) {
      add(command, "bootstrap", bootstrap);
      add(command, "in", IN);
      add(command, "out", out());
    }
    return EngineProcess.start(command, log());
  }

  /** Why a run does not count: what was seen of it, and what the engine has to say to that. */
  String failure(String seen, EngineProcess engine) throws InterruptedException {
    OptionalInt exitCode = engine.exitCode();
    List<String> said = engine.lastLines();
    return seen
        + (exitCode.isPresent()
            ? "; the engine has ended with exit code " + exitCode.getAsInt()
            : "; the engine still ran")
        + (said.isEmpty() ? " and printed nothing" : ". It last printed: " + join(said))
        + ". All of it: "
        + log();
  }

  private static String join(List<String> lines) {
    return lines.stream().map(String::strip).collect(Collectors.joining(" | "));
  }

  private static void add(List<String> command, String name, Object value) {
    command.add("--" + name);
    command.add(value.toString());
  }

  /** Modules lie side by side, each a jar in target, with its dependencies in target/lib. */
  private static String classPath(String module) {
    Path root = Path.of(System.getProperty("bench.root", "benchmarks"));
    Path target = root.resolve(module).resolve("target");
    return target + "/*:" + target.resolve("lib") + "/*";
  }
}
