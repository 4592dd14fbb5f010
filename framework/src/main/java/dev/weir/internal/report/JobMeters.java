package dev.weir.internal.report;

import dev.weir.error.FailureKind;
import dev.weir.job.JobState;
import dev.weir.time.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What an operator looks at first, about the job as a whole. Written on the job's thread. */
final class JobMeters implements AutoCloseable {
  private final Clock clock;
  private final ScopedMeters meters;
  private final Timer duration;
  private final DistributionSummary bytes;
  private final Counter restarts;
  private final Timer rescales;
  private volatile long lastCompletedMillis;
  private final Tags tags;
  private volatile long lastCheckpointId = -1;
  private volatile int parallelism;
  private volatile int stuck;
  private volatile JobState state = JobState.CREATED;

  JobMeters(String job, MeterRegistry registry, Clock clock) {
    this.clock = clock;
    this.lastCompletedMillis = clock.monotonicMillis();
    this.meters = ScopedMeters.shown(registry);
    this.tags = Tags.of("job", job);
    this.duration =
        Timer.builder("weir.checkpoint.duration")
            .description("From a checkpoint's trigger to its completion in the ledger")
            .tags(tags)
            .register(meters.registry());
    this.bytes =
        DistributionSummary.builder("weir.checkpoint.size")
            .description("Bytes written for a checkpoint")
            .baseUnit("bytes")
            .tags(tags)
            .register(meters.registry());
    this.restarts =
        Counter.builder("weir.restarts")
            .description("Attempts after the first")
            .tags(tags)
            .register(meters.registry());
    this.rescales =
        Timer.builder("weir.rescale.pause")
            .description("How long no record was read while other tasks took over")
            .tags(tags)
            .register(meters.registry());
    Gauge.builder("weir.parallelism", this, m -> m.parallelism)
        .description("Tasks per stage")
        .tags(tags)
        .register(meters.registry());
    Gauge.builder("weir.tasks.stuck", this, m -> m.stuck)
        .description("Tasks that have been in one call for longer than stuck.after.ms")
        .tags(tags)
        .register(meters.registry());
    ToDoubleFunction<JobMeters> age = JobMeters::ageMillis;
    TimeGauge.builder("weir.checkpoint.age", this, TimeUnit.MILLISECONDS, age)
        .description(
            "Time since the newest completed checkpoint was up to date, or since the start")
        .tags(tags)
        .register(meters.registry());
    Gauge.builder("weir.checkpoint.last", this, JobMeters::lastCheckpointId)
        .description("Id of the newest completed checkpoint; -1 before the first")
        .tags(tags)
        .register(meters.registry());
    for (JobState each : JobState.values()) {
      Gauge.builder("weir.job.state", this, m -> m.state == each ? 1 : 0)
          .description("1 for the state in which the job is, 0 for the others")
          .tags(tags.and("state", each.name().toLowerCase(Locale.ROOT)))
          .register(meters.registry());
    }
  }

  void state(JobState now) {
    state = now;
  }

  void parallelism(int tasks) {
    parallelism = tasks;
  }

  void stuck(int tasks) {
    stuck = tasks;
  }

  void rescaled(int tasks, Duration pause) {
    parallelism(tasks);
    rescales.record(pause);
  }

  void warmed(long bytes) {
    Counter.builder("weir.standby.warmed")
        .description("Bytes of checkpoint files that a standby has fetched for a take-over")
        .baseUnit("bytes")
        .tags(tags)
        .register(meters.registry())
        .increment((double) bytes);
  }

  void warmingFailed() {
    Counter.builder("weir.standby.failures")
        .description("How often a standby could not fetch checkpoint files")
        .tags(tags)
        .register(meters.registry())
        .increment();
  }

  void failed(FailureKind kind) {
    Counter.builder("weir.failures")
        .description("Failed attempts")
        .tags(tags.and("kind", kind.name().toLowerCase(Locale.ROOT)))
        .register(meters.registry())
        .increment();
  }

  void completed(long checkpointId, Duration took, long written) {
    duration.record(took);
    bytes.record((double) written);
    lastCompletedMillis = clock.monotonicMillis();
    lastCheckpointId = checkpointId;
  }

  /** What is committed is up to date, although there is no new checkpoint. */
  void skipped() {
    lastCompletedMillis = clock.monotonicMillis();
  }

  void restarted() {
    restarts.increment();
  }

  private double ageMillis() {
    return clock.monotonicMillis() - lastCompletedMillis;
  }

  private double lastCheckpointId() {
    return lastCheckpointId;
  }

  @Override
  public void close() {
    meters.close();
  }
}
