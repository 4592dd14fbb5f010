package dev.weir.sample.clickcount.demo;

import dev.weir.sample.clickcount.InputPlan;
import dev.weir.sample.clickcount.job.JobMeters;
import dev.weir.sample.clickcount.verifier.ClickVerifier;
import dev.weir.sample.clickcount.verifier.CountReader.CountRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Everything that is known of a running demo. Pure: it is told what happens and when. One thread.
 */
final class DemoProgress {
  private final WindowBoard board = new WindowBoard();
  private final ClickVerifier verifier = new ClickVerifier();
  private final RecoveryWatch watch = new RecoveryWatch();
  private final Timings recoveries = new Timings();
  private final Timings starts = new Timings();
  private final MeterPeaks peaks = new MeterPeaks();
  private final Duration duration;
  private final KillPlan kills;
  private long begun;
  private long processStarted;
  private boolean isStarting;
  private Optional<Duration> lastRecovery = Optional.empty();
  private Optional<JobMeters> newestMeters = Optional.empty();
  private Optional<InputPlan> sent = Optional.empty();

  DemoProgress(DemoSettings settings) {
    this.duration = settings.duration();
    this.kills = new KillPlan(settings.kills(), settings.duration(), settings.seed());
  }

  void began(long nanos) {
    begun = nanos;
    watch.died(nanos, Map.of());
    processStarted(nanos);
  }

  void killed(long nanos, Map<TopicPartition, Long> outputEnds) {
    kills.killed();
    watch.died(nanos, outputEnds);
  }

  void processStarted(long nanos) {
    newestMeters = Optional.empty();
    processStarted = nanos;
    isStarting = true;
  }

  /** The newest process has said that it processes records; gives how long that took, once. */
  Optional<Duration> isRunning(long nanos) {
    if (!isStarting) {
      return Optional.empty();
    }
    isStarting = false;
    Duration took = Duration.ofNanos(nanos - processStarted);
    starts.add(took);
    return Optional.of(took);
  }

  /** A count became visible; gives how long the recovery took, if this count ends one. */
  Optional<Duration> counted(CountRecord record, long nanos) {
    verifier.add(record.count());
    Optional<Duration> took = watch.seen(record.partition(), record.offset(), nanos);
    if (took.isPresent()) {
      kills.recovered(elapsed(nanos));
    }
    if (took.isPresent() && kills.done() > 0) {
      recoveries.add(took.get());
      lastRecovery = took;
    }
    return took;
  }

  WindowBoard board() {
    return board;
  }

  /** The job has told its meters; gives whether it has read clicks since. */
  boolean metered(JobMeters meters) {
    peaks.add(meters);
    boolean hasMoved = newestMeters.isEmpty() || newestMeters.get().lag() != meters.lag();
    newestMeters = Optional.of(meters);
    return hasMoved;
  }

  /** Whether the newest process of the job has read what there is. */
  boolean hasReadAll() {
    return !isStarting && newestMeters.isPresent() && newestMeters.get().hasReadAll();
  }

  boolean isKillDue(long nanos) {
    return !watch.isRecovering() && kills.isDue(elapsed(nanos));
  }

  /**
   * Whether clicks must keep coming: until the time is over, every kill is done and the job is back
   * from the last one; but not for ever.
   */
  boolean needsClicks(long nanos) {
    Duration elapsed = elapsed(nanos);
    boolean isShown = !kills.hasMore() && !watch.isRecovering();
    return elapsed.compareTo(duration) < 0
        || (!isShown && elapsed.compareTo(duration.plus(DemoSettings.EXTENSION)) < 0);
  }

  /** The generator has closed the input. */
  void inputClosed(InputPlan plan) {
    sent = Optional.of(plan);
  }

  boolean isInputClosed() {
    return sent.isPresent();
  }

  boolean hasAllCounts() {
    return sent.isPresent() && verifier.isComplete(sent.get());
  }

  Duration elapsed(long nanos) {
    return Duration.ofNanos(nanos - begun);
  }

  int kills() {
    return kills.done();
  }

  List<String> lines(long nanos, Optional<JobMeters> meters) {
    String job =
        isStarting ? "starting" : watch.isRecovering() ? "running, no new count yet" : "running";
    return List.of(
        "job: "
            + job
            + "; killed "
            + kills.done()
            + " of "
            + kills.planned()
            + " times"
            + lastRecovery.map(took -> ", last recovery " + Timings.seconds(took)).orElse(""),
        meters.map(JobMeters::text).orElse("no meters yet"),
        Timings.clock(elapsed(nanos))
            + " of "
            + Timings.clock(duration)
            + ": "
            + board.windows()
            + sent.map(plan -> " of " + plan.windows()).orElse("")
            + " windows, "
            + board.doubled()
            + " counts doubled so far");
  }

  DemoReport report() {
    return new DemoReport(
        kills.done(), kills.planned(), recoveries.summary(), starts.summary(), peaks.summary());
  }
}
