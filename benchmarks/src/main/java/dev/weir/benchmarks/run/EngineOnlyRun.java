package dev.weir.benchmarks.run;

import dev.weir.benchmarks.machine.EngineProcess;
import dev.weir.benchmarks.work.Results;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * W6, W8 and W9: from the first number in user code to the last result; in W6, which is not asked
 * for its results, to the end of the job. CPU is that of the process up to the end of the job.
 */
final class EngineOnlyRun {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EngineStart start;
  private final Outcome outcome;
  private double cpuAtFirst = -1;
  private double cpu;
  private long memory;

  EngineOnlyRun(EngineStart start, Outcome outcome) {
    this.start = start;
    this.outcome = outcome;
  }

  void run() throws Exception {
    Settings settings = start.settings();
    Optional<Results> expected = settings.workload().results(settings.count(), settings.keys());
    try (EngineProcess engine = start.start()) {
      long limit = engine.startedNanos() + TimeUnit.SECONDS.toNanos(settings.timeoutSeconds());
      while (engine.exitCode().isEmpty() && System.nanoTime() < limit) {
        if (engine.lastNanos().isEmpty()) {
          look(engine);
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
      if (engine.exitCode().orElse(-1) != 0 || engine.lastNanos().isEmpty()) {
        outcome.isVoid(start.failure("it never said that all is done", engine));
      } else if (expected.isPresent() && !expected.equals(engine.results())) {
        outcome.isVoid(start.failure(wrong(expected.get(), engine.results()), engine));
      } else {
        report(engine, expected.isPresent());
      }
    }
  }

  private void look(EngineProcess engine) {
    cpu = Math.max(cpu, engine.cpuSeconds());
    memory = Math.max(memory, engine.peakMemoryMiB());
    if (cpuAtFirst < 0 && engine.firstNanos().isPresent()) {
      cpuAtFirst = cpu;
    }
  }

  private static String wrong(Results expected, Optional<Results> seen) {
    return "the output is wrong: expected %s, got %s"
        .formatted(expected, seen.map(Results::toString).orElse("none"));
  }

  private void report(EngineProcess engine, boolean hasResults) {
    double millions = start.settings().count() / 1e6;
    long first = engine.firstNanos().orElseThrow();
    long last = hasResults ? engine.lastResultNanos() : engine.lastNanos().orElseThrow();
    double seconds = (last - first) / NANOS;
    outcome.number("rss_mib", memory);
    outcome.number("first_s", (first - engine.startedNanos()) / NANOS);
    outcome.number("run_s", seconds);
    outcome.number("k_rec_per_s", millions * 1000 / seconds);
    outcome.number("cpu_s_per_m", cpu / millions);
    outcome.number("steady_cpu_s_per_m", (cpu - cpuAtFirst) / millions);
  }
}
