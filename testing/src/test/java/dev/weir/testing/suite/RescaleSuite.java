package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.base.CrashPoint;
import dev.weir.job.Job;
import dev.weir.job.JobListener;
import dev.weir.job.JobStatus;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parallelism of a running job changes, under load, and while it dies. */
@Timeout(300)
interface RescaleSuite {
  int RESCALES = Integer.getInteger("rescales", 20);
  int KILLS = 6;
  Duration LONGEST_LIFE = Duration.ofMillis(1_500);

  @Tag("N34")
  @ParameterizedTest
  @ValueSource(strings = {"heap", "rocksdb"})
  default void shouldCountEachRecordOnceHoweverOftenItIsRescaledUnderLoad(
      String backend, TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(90_000);
    Settings settings = Settings.none().with(Setting.BACKEND, backend);
    List<Long> silences = new ArrayList<>();
    List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    JobListener listener =
        new JobListener() {
          @Override
          public void onRescale(int before, JobStatus now, Duration pause) {
            pauses.add(pause);
          }
        };
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() * 3 / 4).start(3_000);

      try (Job running = job.startHere(listener);
          OutputWatch output =
              new OutputWatch(topics.bootstrapServers(), job.settings().text(Setting.OUTPUT))) {
        rescaleInTurn(running, output, silences);
        assertThat(running.status().attempt()).as("one attempt").isEqualTo(1);
      }
      System.out.println("Pauses of rescales, " + backend + ", ms: " + millis(pauses));
      System.out.println("Longest silences of the output around each, ms: " + sorted(silences));
      job.look();
      job.finish();

      job.audit();
    }
    assertThat(pauses).hasSize(RESCALES);
  }

  @Tag("N01")
  @Tag("N34")
  @ParameterizedTest
  @ValueSource(strings = {"heap", "rocksdb"})
  default void shouldCountEachRecordOnceThoughKilledAgainAndAgainWhileItIsRescaled(
      String backend, TopicAdmin topics, @TempDir Path folder) throws Exception {
    Chance chance = Chance.of("RescaleSuite");
    InputPlan plan = InputPlan.ofTotal(18_000);
    Settings settings =
        Settings.none().with(Setting.BACKEND, backend).with(Setting.RESCALES, "4,1,3,2");
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() * 3 / 4).start(1_000);

      for (int kill = 0; kill < KILLS; kill++) {
        ChildJvm child = job.startChild(job.settings());
        child.awaitLine(kill % 2 == 0 ? "RESCALED" : "COMPLETED", JobUnderTest.BOUND);
        chance.pass(LONGEST_LIFE);
        child.kill();
        job.look();
      }
      job.finish();

      job.audit();
    }
  }

  @Tag("S09")
  @Tag("N34")
  @Test
  default void shouldLeaveNoTransactionOpenWhenItIsScaledInAndDiesBeforeItsNextCheckpoint(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(6_000);
    Settings settings = Settings.none().with(Setting.PARALLELISM, 8).with(Setting.RESCALES, "1");
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() / 2).start(1_000);
      Settings struck = job.settings().with(Setting.MOMENT, CrashPoint.RESCALED.name());

      ChildJvm child = job.startChild(struck.with(Setting.INTERVAL, 500));
      child.awaitLine("AT " + CrashPoint.RESCALED, JobUnderTest.BOUND);
      child.awaitExit(JobUnderTest.BOUND);
      job.look();
      job.finish();

      job.audit(); // Among the rest: none is open, and readers come to the end of the output.
    }
  }

  private static void rescaleInTurn(Job running, OutputWatch output, List<Long> silences)
      throws Exception {
    JobUnderTest.awaitCheckpoints(running, 4);
    output.longestMillis();
    JobUnderTest.awaitCheckpoints(running, 4);
    System.out.println("Usual silence of the output, ms: " + output.longestMillis());
    int[] inTurn = {4, 2, 1};
    for (int i = 0; i < RESCALES; i++) {
      int parallelism = inTurn[i % inTurn.length];
      output.longestMillis();
      JobStatus after =
          running.rescale(parallelism).toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThat(after.parallelism()).isEqualTo(parallelism);
      JobUnderTest.awaitCheckpoints(running, 2);
      silences.add(output.longestMillis());
    }
  }

  private static List<Long> sorted(List<Long> times) {
    return times.stream().sorted().toList();
  }

  private static List<Long> millis(List<Duration> pauses) {
    return pauses.stream().map(Duration::toMillis).sorted().toList();
  }
}
