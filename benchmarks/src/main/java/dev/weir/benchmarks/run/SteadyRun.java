package dev.weir.benchmarks.run;

import dev.weir.benchmarks.check.IdsCheck;
import dev.weir.benchmarks.machine.EngineProcess;
import dev.weir.benchmarks.work.PassThrough;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * W4 and W5: records at a fixed rate, each from the time it was due to its return from a
 * read_committed poll. W5 kills the engine after the warm-up and starts it again at once.
 */
final class SteadyRun {
  private static final int DRAIN_SECONDS = 30;
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration POLL = Duration.ofMillis(20);

  private final EngineStart start;
  private final BenchBroker broker;
  private final Outcome outcome;
  private final IdsCheck check;
  private final Generator generator;
  private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
  private final long measureFrom;
  private EngineProcess engine;
  private Kill kill;
  private long newestBeforeKill;
  private double cpuAtBegin;
  private double brokerCpuAtBegin;

  SteadyRun(EngineStart start, BenchBroker broker, Outcome outcome) {
    Settings settings = start.settings();
    long count = (long) settings.rate() * (settings.warmSeconds() + settings.seconds());
    this.start = start;
    this.broker = broker;
    this.outcome = outcome;
    this.check = new IdsCheck(count);
    this.generator = new Generator(broker.bootstrap(), settings.rate(), count);
    this.measureFrom = generator.beginNanos() + settings.warmSeconds() * NANOS;
  }

  /** The kill of W5, and what came back when. */
  private static final class Kill {
    private final long nanos = System.nanoTime();
    private final long[] visible;
    private long recovered;
    private long caughtUp;

    Kill(long[] visible) {
      this.visible = visible;
    }
  }

  void run() throws Exception {
    broker.create(EngineStart.IN);
    broker.create(start.out());
    Thread sending = new Thread(generator, "bench-generator");
    engine = start.start();
    sending.start();
    try (OutputReader reader = new OutputReader(broker.bootstrap(), start.out())) {
      watch(reader);
      settle(reader);
      judge();
    } finally {
      engine.close();
      sending.interrupt();
      sending.join();
    }
    report();
  }

  private void watch(OutputReader reader) throws Exception {
    Settings settings = start.settings();
    long limit = measureFrom + (settings.seconds() + DRAIN_SECONDS) * NANOS;
    while (!check.isComplete() && System.nanoTime() < limit && engine.exitCode().isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
        take(record);
      }
      if (kill != null && kill.caughtUp == 0 && check.hasAllBelow(newestBeforeKill)) {
        kill.caughtUp = System.nanoTime();
      }
      if (cpuAtBegin == 0 && System.nanoTime() >= measureFrom) {
        begin(settings.workload());
      }
    }
    outcome.number("rss_mib", engine.peakMemoryMiB());
    outcome.number("cores", (engine.cpuSeconds() - cpuAtBegin) / settings.seconds());
    outcome.number("broker_cores", (broker.cpuSeconds() - brokerCpuAtBegin) / settings.seconds());
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    long now = System.nanoTime();
    check.take(record.value());
    long created = PassThrough.createdNanos(record.value());
    if (created >= measureFrom) {
      latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(now - created));
    }
    if (kill != null
        && kill.recovered == 0
        && record.offset() >= kill.visible[record.partition()]) {
      kill.recovered = now;
    }
  }

  private void begin(Workload workload) throws Exception {
    cpuAtBegin = engine.cpuSeconds();
    brokerCpuAtBegin = broker.cpuSeconds();
    if (workload == Workload.W5) {
      newestBeforeKill =
          (System.nanoTime() - generator.beginNanos()) * start.settings().rate() / NANOS;
      engine.kill();
      kill = new Kill(broker.visible(start.out()));
      engine = start.start();
    }
  }

  /** Does anything come twice after the end? */
  private void settle(OutputReader reader) {
    long end = System.nanoTime() + 2 * NANOS;
    while (System.nanoTime() < end) {
      reader.poll(POLL).forEach(record -> check.take(record.value()));
    }
  }

  /** While the engine still is as the run has left it. */
  private void judge() throws InterruptedException {
    long missing = check.expected() - check.done();
    outcome.number("rate", start.settings().rate());
    outcome.number("missing", missing);
    if (!check.problem().isEmpty() || missing > 0) {
      String seen = check.problem().isEmpty() ? "missing " + missing : check.problem();
      outcome.isVoid(start.failure(seen, engine));
    }
  }

  private void report() {
    if (kill != null) {
      outcome.number(
          "first_s", (engine.firstNanos().orElse(kill.nanos) - kill.nanos) / (double) NANOS);
      outcome.number("recover_s", (kill.recovered - kill.nanos) / (double) NANOS);
      outcome.number("caught_up_s", (kill.caughtUp - kill.nanos) / (double) NANOS);
      return;
    }
    for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
      outcome.number("p" + percentile + "_ms", latencies.getValueAtPercentile(percentile) / 1000.0);
    }
  }
}
