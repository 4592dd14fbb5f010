package dev.weir.benchmarks.run;

import dev.weir.benchmarks.machine.EngineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Class-data archives of the engines (JEP 350): each runs W7 once, without being measured, and at
 * its end the JVM writes what it has loaded.
 */
final class ClassData {
  private static final int WORK_SECONDS = 4;
  private static final int DUMP_SECONDS = 60;

  private final Settings settings;
  private final BenchBroker broker;

  private ClassData(Settings settings, BenchBroker broker) {
    this.settings = settings;
    this.broker = broker;
  }

  /** The JVM's options of each engine with which it uses its archive. Blocks. */
  static Map<Engine, List<String>> archive(
      Settings settings, BenchBroker broker, Consumer<String> starts) throws Exception {
    Map<Engine, List<String>> options = new EnumMap<>(Engine.class);
    for (Engine engine : settings.engines()) {
      starts.accept(engine.label() + ": making its archive of classes");
      Path file = new ClassData(settings.ofStart(), broker).train(engine);
      options.put(engine, List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto"));
    }
    return options;
  }

  private Path train(Engine engine) throws Exception {
    Path file = settings.folder().resolve(engine.label() + ".jsa");
    Files.deleteIfExists(file);
    Path folder = Files.createTempDirectory("weir-bench-");
    String id = "archive-" + engine.label();
    EngineStart start =
        new EngineStart(
            engine,
            settings,
            id,
            broker.bootstrap(),
            folder,
            List.of("-XX:ArchiveClassesAtExit=" + file));
    broker.create(EngineStart.IN);
    broker.create(start.out());
    try (Input input = new Input(broker.bootstrap(), 50)) {
      input.preload(settings.workload(), settings.count());
      runOnce(start);
    } finally {
      Folders.delete(folder);
      broker.clear(List.of());
    }
    if (!Files.exists(file)) {
      throw new IOException(
          "Tried to archive the classes of " + id + ", no archive came; see " + start.log());
    }
    return file;
  }

  private void runOnce(EngineStart start) throws Exception {
    try (EngineProcess engine = start.start()) {
      long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.timeoutSeconds());
      while (engine.firstNanos().isEmpty()) {
        if (engine.exitCode().isPresent() || System.nanoTime() > limit) {
          throw new IOException(start.failure("no record came to user code", engine));
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
      TimeUnit.SECONDS.sleep(WORK_SECONDS);
      engine.stop(DUMP_SECONDS);
    }
  }
}
