package dev.weir.benchmarks.run;

import dev.weir.benchmarks.machine.EngineProcess;
import java.util.concurrent.TimeUnit;

/** W6: from the first to the last number, as the engine marks them. */
record EngineOnlyRun(EngineStart start, Outcome outcome) {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  void run() throws Exception {
    Settings settings = start.settings();
    try (EngineProcess engine = start.start()) {
      long limit = engine.startedNanos() + TimeUnit.SECONDS.toNanos(settings.timeoutSeconds());
      double cpu = 0;
      long memory = 0;
      while (engine.exitCode().isEmpty() && System.nanoTime() < limit) {
        if (engine.lastNanos().isEmpty()) {
          cpu = Math.max(cpu, engine.cpuSeconds());
          memory = Math.max(memory, engine.peakMemoryMiB());
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
      if (engine.exitCode().orElse(-1) != 0 || engine.lastNanos().isEmpty()) {
        outcome.isVoid(start.failure("it never said that all is done", engine));
        return;
      }
      double millions = settings.count() / 1e6;
      long first = engine.firstNanos().orElseThrow();
      double seconds = (engine.lastNanos().getAsLong() - first) / NANOS;
      outcome.number("rss_mib", memory);
      outcome.number("first_s", (first - engine.startedNanos()) / NANOS);
      outcome.number("run_s", seconds);
      outcome.number("k_rec_per_s", millions * 1000 / seconds);
      outcome.number("cpu_s_per_m", cpu / millions);
    }
  }
}
