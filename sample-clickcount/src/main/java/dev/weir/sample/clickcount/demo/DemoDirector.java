package dev.weir.sample.clickcount.demo;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.sample.clickcount.verifier.CountReader;
import dev.weir.sample.clickcount.verifier.CountReader.CountRecord;
import dev.weir.sample.clickcount.verifier.OutputAudit;
import dev.weir.sample.clickcount.verifier.Verdict;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Steers one demonstration, from the first click to the verdict: watches the output, kills the job
 * when its moment has come, starts it again. Confined to one thread, which waits only for new
 * counts.
 */
final class DemoDirector {
  private static final Duration TURN = Duration.ofMillis(50);

  /** How long to wait for missing counts when the job has read all clicks and nothing new comes. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long to wait for a job that has clicks to read and does not read them. */
  private static final Duration STUCK = Duration.ofMinutes(2);

  private final DemoSettings settings;
  private final DemoCluster cluster;
  private final Crew crew;
  private final DemoProgress progress;
  private final DemoScreen screen;
  private final Clock clock;
  private JobVoice voice = new JobVoice();
  private long newestProgress;

  DemoDirector(
      DemoSettings settings,
      DemoSetup setup,
      DemoProgress progress,
      DemoScreen screen,
      Clock clock) {
    this.settings = settings;
    this.cluster = setup.cluster();
    this.crew = setup.crew();
    this.progress = progress;
    this.screen = screen;
    this.clock = clock;
  }

  Verdict run() {
    newestProgress = clock.nanos();
    progress.began(newestProgress);
    crew.startGenerator(settings.longestPlan(clock));
    voice = crew.startJob();
    try (CountReader reader = new CountReader(cluster.bootstrapServers(), cluster.outputs())) {
      while (!isOver()) {
        turn(reader.poll(TURN));
      }
    }
    if (!crew.stopJob()) {
      screen.event("the job did not stop when asked to, so it was killed once more");
    }
    return new OutputAudit(
            cluster.bootstrapServers(),
            cluster.names().input(),
            cluster.names().output(),
            PATIENCE,
            clock)
        .judgeNow();
  }

  private void turn(List<CountRecord> counts) {
    long now = clock.nanos();
    for (CountRecord record : counts) {
      newestProgress = now;
      screen.counted(progress.board().add(record.count()));
      progress
          .counted(record, now)
          .ifPresent(took -> screen.event("first new count after " + Timings.seconds(took)));
    }
    if (voice.isRunning()) {
      progress
          .isRunning(now)
          .ifPresent(
              took -> screen.event("job runs " + Timings.seconds(took) + " after its start"));
    }
    if (voice.meters().isPresent() && progress.metered(voice.meters().get())) {
      newestProgress = now;
    }
    if (progress.isKillDue(now) && isWorthAKill(counts)) {
      killAndRestart();
    }
    endInput(now);
    screen.show(view());
  }

  /**
   * Without transactions a count is doubled if the job dies after it has come out and before the
   * next checkpoint; so there the kill waits for one to come out.
   */
  private boolean isWorthAKill(List<CountRecord> counts) {
    return settings.guarantee() == DeliveryGuarantee.EXACTLY_ONCE || !counts.isEmpty();
  }

  private void killAndRestart() {
    long killed = clock.nanos();
    long process = crew.killJob();
    Map<TopicPartition, Long> outputEnds = cluster.outputEnds();
    progress.killed(killed, outputEnds);
    screen.event("kill -9 " + process + " (kill " + progress.kills() + ")");
    progress.processStarted(clock.nanos());
    voice = crew.startJob();
  }

  private void endInput(long now) {
    crew.checkHealth();
    if (!progress.needsClicks(now)) {
      crew.endGenerator();
    }
    if (crew.hasGeneratorEnded() && !progress.isInputClosed()) {
      progress.inputClosed(cluster.plan());
      newestProgress = now;
    }
  }

  /** A slow job is waited for: what it has not read yet is not lost. */
  private boolean isOver() {
    if (!progress.isInputClosed()) {
      return false;
    }
    Duration quiet = Duration.ofNanos(clock.nanos() - newestProgress);
    if (quiet.compareTo(STUCK) > 0 && !progress.hasReadAll()) {
      throw crew.stuck(STUCK);
    }
    return (progress.hasAllCounts() && voice.isRunning())
        || (quiet.compareTo(PATIENCE) > 0 && progress.hasReadAll());
  }

  private DemoView view() {
    String title =
        String.format(
            Locale.ROOT,
            "Weir counts clicks: %s, state on %s, parallelism %d",
            DemoSettings.word(settings.guarantee()),
            DemoSettings.word(settings.state()),
            settings.parallelism());
    return new DemoView(
        title,
        progress.elapsed(clock.nanos()),
        progress.lines(clock.nanos(), voice.meters()),
        progress.board().newest(screen.rows()));
  }
}
