package dev.weir.benchmarks.run;

import dev.weir.benchmarks.machine.ProcFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lets engines take turns, as many rounds as asked for. Confined to one thread; blocks. */
public final class Rounds {
  private static final double QUIET_CORES = 0.3;
  private static final int LOOK_SECONDS = 2;

  private final Settings settings;
  private final Consumer<String> starts;
  private final Consumer<Outcome> results;
  private int runs;

  /** Each run is told as it starts, in a sentence; its results as they come. */
  public Rounds(Settings settings, Consumer<String> starts, Consumer<Outcome> results) {
    this.settings = settings;
    this.starts = starts;
    this.results = results;
  }

  /** Runs everything. */
  public void run() throws Exception {
    if (!settings.workload().needsBroker()) {
      rounds(null, Map.of());
      return;
    }
    try (BenchBroker broker = BenchBroker.started()) {
      Map<Engine, List<String>> options =
          settings.isArchived() ? ClassData.archive(settings, broker, starts) : Map.of();
      if (isPreloaded()) {
        broker.create(EngineStart.IN);
        try (Input input = new Input(broker.bootstrap(), 50)) {
          input.preload(settings.workload(), settings.count());
        }
      }
      rounds(broker, options);
    }
  }

  private boolean isPreloaded() {
    return settings.workload() != Workload.W4 && settings.workload() != Workload.W5;
  }

  private void rounds(BenchBroker broker, Map<Engine, List<String>> options) throws Exception {
    for (int round = 1; round <= settings.rounds(); round++) {
      for (Engine engine : settings.engines()) {
        starts.accept(
            "%s, %s: round %d of %d, at most %d s"
                .formatted(
                    settings.workload(),
                    engine.label(),
                    round,
                    settings.rounds(),
                    settings.timeoutSeconds()));
        awaitQuiet(broker);
        Outcome outcome = new Outcome();
        outcome.text("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        outcome.text("workload", settings.workload().name());
        outcome.text("engine", engine.label());
        outcome.number("round", round);
        outcome.number("interval_ms", settings.intervalMillis());
        outcome.number("parallelism", settings.parallelism());
        outcome.number("count", settings.count());
        if (settings.workload().hasKeys()) {
          outcome.number("keys", settings.keys());
        }
        outcome.text("classes", options.containsKey(engine) ? "archived" : "");
        run(engine, options.getOrDefault(engine, List.of()), broker, outcome);
        results.accept(outcome);
      }
    }
  }

  private void run(Engine engine, List<String> options, BenchBroker broker, Outcome outcome)
      throws Exception {
    runs++;
    String id =
        (settings.workload() + "-" + engine.label() + "-" + runs + "-" + suffix())
            .toLowerCase(Locale.ROOT);
    Path folder = Files.createTempDirectory("weir-bench-");
    String bootstrap = broker == null ? "" : broker.bootstrap();
    try {
      run(new EngineStart(engine, settings, id, bootstrap, folder, options), broker, outcome);
    } finally {
      Folders.delete(folder);
      if (broker != null) {
        broker.clear(isPreloaded() ? List.of(EngineStart.IN) : List.of());
      }
    }
  }

  private static String suffix() {
    return Long.toString(System.currentTimeMillis() / 1000 % 1_000_000, Character.MAX_RADIX);
  }

  private static void run(EngineStart start, BenchBroker broker, Outcome outcome) throws Exception {
    switch (start.settings().workload()) {
      case W1, W2, W3 -> new BoundedRun(start, broker, outcome).run();
      case W4, W5 -> new SteadyRun(start, broker, outcome).run();
      case W6, W8, W9 -> new EngineOnlyRun(start, outcome).run();
      case W7 -> new IdleRun(start, broker, outcome).run();
    }
  }

  /** Waits, within reason, until others use less than a third of a core. */
  private void awaitQuiet(BenchBroker broker) throws InterruptedException {
    for (int waited = 0; waited < settings.quietSeconds(); waited += LOOK_SECONDS) {
      double before = foreign(broker);
      TimeUnit.SECONDS.sleep(LOOK_SECONDS);
      if (foreign(broker) - before < QUIET_CORES * LOOK_SECONDS) {
        return;
      }
    }
  }

  private static double foreign(BenchBroker broker) {
    return ProcFiles.busySeconds()
        - ProcFiles.cpuSeconds(ProcessHandle.current().pid())
        - (broker == null ? 0 : broker.cpuSeconds());
  }
}
