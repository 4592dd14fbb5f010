package dev.weir.sample.clickcount.job;

import dev.weir.time.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Reads the job's meters from the registry that the job was given. Confined to one thread. */
final class MeterReader {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final MeterRegistry meters;
  private final String source;
  private final Clock clock;
  private final Newest checkpointMillis = new Newest();
  private final Newest checkpointBytes = new Newest();
  private double clicksBefore;
  private long readAt;

  MeterReader(MeterRegistry meters, String source, Clock clock) {
    this.meters = meters;
    this.source = source;
    this.clock = clock;
    this.readAt = clock.nanos();
  }

  JobMeters read() {
    meters.find("weir.checkpoint.duration").timers().stream()
        .findFirst()
        .ifPresent(this::readDuration);
    meters.find("weir.checkpoint.size").summaries().stream().findFirst().ifPresent(this::readSize);
    return new JobMeters(
        (long)
            meters.find("weir.checkpoint.last").gauges().stream()
                .mapToDouble(Gauge::value)
                .max()
                .orElse(-1),
        clicksPerSecond(),
        meters.find("weir.source.lag").gauges().stream().mapToDouble(Gauge::value).sum(),
        checkpointMillis.mean(),
        checkpointBytes.mean(),
        (long) meters.find("weir.restarts").counters().stream().mapToDouble(Counter::count).sum());
  }

  private void readDuration(Timer timer) {
    checkpointMillis.add(timer.count(), timer.totalTime(TimeUnit.MILLISECONDS));
  }

  private void readSize(DistributionSummary summary) {
    checkpointBytes.add(summary.count(), summary.totalAmount());
  }

  /** Since the last reading; the counters begin anew when the job restarts. */
  private double clicksPerSecond() {
    double clicks =
        meters.find("weir.records.in").functionCounters().stream()
            .filter(counter -> source.equals(counter.getId().getTag("stage")))
            .mapToDouble(FunctionCounter::count)
            .sum();
    long now = clock.nanos();
    double perSecond = (clicks - clicksBefore) / (now - readAt) * NANOS_PER_SECOND;
    clicksBefore = clicks;
    readAt = now;
    return Math.max(0, perSecond);
  }

  /**
   * The mean of what was recorded since the last reading, or, if nothing was, of the time before.
   */
  private static final class Newest {
    private long countBefore;
    private double totalBefore;
    private double mean;

    void add(long count, double total) {
      if (count > countBefore) {
        mean = (total - totalBefore) / (count - countBefore);
      }
      countBefore = count;
      totalBefore = total;
    }

    double mean() {
      return mean;
    }
  }
}
