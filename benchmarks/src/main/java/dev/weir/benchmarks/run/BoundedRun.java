package dev.weir.benchmarks.run;

import dev.weir.benchmarks.check.OutputCheck;
import dev.weir.benchmarks.machine.EngineProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * W1 to W3: from the start until all expected output is visible. The rate counts from the first
 * record in user code; what is visible is looked at every 20 ms and checked afterwards.
 */
final class BoundedRun {
  private static final long LOOK_MILLIS = 20;
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EngineStart start;
  private final BenchBroker broker;
  private final Outcome outcome;
  private final List<Sample> samples = new ArrayList<>();

  BoundedRun(EngineStart start, BenchBroker broker, Outcome outcome) {
    this.start = start;
    this.broker = broker;
    this.outcome = outcome;
  }

  /** One look. */
  private record Sample(long nanos, long[] visible, double engineCpu, double brokerCpu) {}

  void run() throws Exception {
    Settings settings = start.settings();
    OutputCheck check = settings.workload().check(settings.count());
    broker.create(start.out());
    try (EngineProcess engine = start.start();
        OutputReader reader = new OutputReader(broker.bootstrap(), start.out())) {
      long limit = engine.startedNanos() + TimeUnit.SECONDS.toNanos(settings.timeoutSeconds());
      while (!check.isComplete() && check.problem().isEmpty()) {
        look(engine, reader, check);
        if (engine.exitCode().isPresent() || System.nanoTime() > limit) {
          outcome.isVoid(start.failure(progress(engine, check), engine));
          return;
        }
      }
      outcome.number("rss_mib", engine.peakMemoryMiB());
      TimeUnit.MILLISECONDS.sleep(Math.min(3000, settings.intervalMillis() + 500)); // Twice?
      reader.readTo(broker.visible(start.out()), check);
      report(engine, reader, check);
    }
  }

  private String progress(EngineProcess engine, OutputCheck check) {
    long visible =
        samples.isEmpty() ? 0 : Arrays.stream(samples.get(samples.size() - 1).visible()).sum();
    return "%d of %d results visible and %d of them right after %d s"
        .formatted(
            visible,
            check.expected(),
            check.done(),
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - engine.startedNanos()));
  }

  private void look(EngineProcess engine, OutputReader reader, OutputCheck check) throws Exception {
    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    long[] visible = broker.visible(start.out());
    samples.add(new Sample(System.nanoTime(), visible, engine.cpuSeconds(), broker.cpuSeconds()));
    if (Arrays.stream(visible).sum() >= check.expected()) {
      reader.readTo(visible, check);
    }
  }

  private void report(EngineProcess engine, OutputReader reader, OutputCheck check)
      throws InterruptedException {
    if (!check.problem().isEmpty() || engine.firstNanos().isEmpty()) {
      String seen = check.problem().isEmpty() ? "no first record was marked" : check.problem();
      outcome.isVoid(start.failure(seen, engine));
      return;
    }
    long first = engine.firstNanos().getAsLong();
    Sample end = samples.stream().filter(s -> reader.hadAll(s.visible())).findFirst().orElseThrow();
    Sample begin = samples.stream().filter(s -> s.nanos() >= first).findFirst().orElse(end);
    double millions = start.settings().count() / 1e6;
    double seconds = (end.nanos() - first) / NANOS;
    outcome.number("first_s", (first - engine.startedNanos()) / NANOS);
    outcome.number("run_s", seconds);
    outcome.number("k_rec_per_s", millions * 1000 / seconds);
    outcome.number("cpu_s_per_m", end.engineCpu() / millions);
    outcome.number("steady_cpu_s_per_m", (end.engineCpu() - begin.engineCpu()) / millions);
    outcome.number("broker_cpu_s_per_m", (end.brokerCpu() - begin.brokerCpu()) / millions);
  }
}
