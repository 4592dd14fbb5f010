package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJobMain;
import dev.weir.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One instance runs the job, another one stands by and takes over. {@code -Dsuite.standby.rounds}
 * says how often.
 */
@Timeout(600)
interface StandbySuite {
  int ROUNDS = Integer.getInteger("suite.standby.rounds", 4);
  Duration DETECTION = Duration.ofSeconds(2);
  Duration LONGEST_TAKE_OVER = Duration.ofSeconds(15);

  @Test
  default void shouldTakeOverFromAKilledOwner(TopicAdmin topics, @TempDir Path folder)
      throws Exception {
    Chance chance = Chance.of("StandbySuite");
    try (JobUnderTest job = flowing(topics, folder)) {
      ChildJvm owner = startOwner(job);
      long[] times = new long[ROUNDS];

      for (int round = 0; round < ROUNDS; round++) {
        ChildJvm standby = startStandby(job, owner);
        chance.pass(Duration.ofMillis(500));
        long from = Clock.system().monotonicMillis();
        owner.kill();
        times[round] = awaitTakeOver(standby, from);
        job.look();
        owner = standby;
      }
      owner.kill();
      job.finish();

      job.audit();
      report("kill -9", times);
    }
  }

  @Tag("N03")
  @Test
  default void shouldTakeOverFromASilentOwnerWhichEndsByItselfWhenItWakes(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    Chance chance = Chance.of("StandbySuite");
    try (JobUnderTest job = flowing(topics, folder)) {
      ChildJvm owner = startOwner(job);
      long[] times = new long[ROUNDS];

      for (int round = 0; round < ROUNDS; round++) {
        ChildJvm standby = startStandby(job, owner);
        chance.pass(Duration.ofMillis(500));
        long from = Clock.system().monotonicMillis();
        owner.pause();
        times[round] = awaitTakeOver(standby, from);
        job.look();
        owner.resume();
        assertThat(owner.awaitExit(JobUnderTest.BOUND))
            .as("exit code of the old owner: %s", owner.lines())
            .isEqualTo(SuiteJobMain.FENCED);
        assertThat(owner.lines())
            .as("last words of the old owner")
            .anyMatch(line -> line.startsWith("ENDED FENCED") && line.contains("has taken over"));
        owner = standby;
      }
      awaitProgress(owner);
      owner.kill();
      job.finish();

      job.audit();
      report("SIGSTOP", times);
    }
  }

  @Tag("N30")
  @Test
  default void shouldLeaveTheOwnerInPeaceAndTakeOverAtOnceWhenItStops(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    try (JobUnderTest job = flowing(topics, folder);
        Job owner = job.startHere()) {
      JobUnderTest.awaitCheckpoints(owner, 1);
      long attempt = owner.status().attempt();
      ChildJvm standby = job.startChild(job.settings());
      standby.awaitLine("STANDBY", JobUnderTest.BOUND);
      Await.until("files kept warm", JobUnderTest.BOUND, () -> warmFiles(folder) > 0);

      long until = Clock.system().monotonicMillis() + 2 * DETECTION.toMillis();
      Await.until(
          "twice the detection time",
          JobUnderTest.BOUND,
          () -> Clock.system().monotonicMillis() > until);
      assertThat(owner.status().state()).isEqualTo(JobState.RUNNING);
      assertThat(owner.status().attempt()).isEqualTo(attempt);
      assertThat(standby.lines()).as("of the standby").noneMatch(l -> l.startsWith("RUNNING"));

      owner.stop();
      owner.await();
      standby.awaitLine("RUNNING attempt " + (attempt + 1), JobUnderTest.BOUND);
      standby.awaitLine("COMPLETED", JobUnderTest.BOUND);
      Await.until("no copy is left", JobUnderTest.BOUND, () -> warmFiles(folder) == 0);
      standby.kill();
      job.finish();

      job.audit();
    }
  }

  private static long warmFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().contains("weir-warm/checkpoints/")).count();
    } catch (IOException | UncheckedIOException changedMeanwhile) {
      return -1;
    }
  }

  private static JobUnderTest flowing(TopicAdmin topics, Path folder) {
    InputPlan plan = InputPlan.ofTotal(24_000);
    Settings settings = Settings.none().with(Setting.DETECTION, DETECTION.toMillis());
    JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings);
    job.load().upTo(plan.total() * 3 / 4).start(500);
    return job;
  }

  private static ChildJvm startOwner(JobUnderTest job) {
    ChildJvm owner = job.startChild(job.settings());
    owner.awaitLine("COMPLETED", JobUnderTest.BOUND);
    return owner;
  }

  /** While it comes up, the owner goes on. */
  private static ChildJvm startStandby(JobUnderTest job, ChildJvm owner) {
    ChildJvm standby = job.startChild(job.settings());
    standby.awaitLine("STANDBY", JobUnderTest.BOUND);
    awaitProgress(owner);
    return standby;
  }

  private static void awaitProgress(ChildJvm owner) {
    owner.awaitLineAfter(owner.mark(), "COMPLETED", JobUnderTest.BOUND);
  }

  /** Until new output is committed. */
  private static long awaitTakeOver(ChildJvm standby, long fromMillis) {
    standby.awaitLine("COMPLETED", JobUnderTest.BOUND);
    return Clock.system().monotonicMillis() - fromMillis;
  }

  private static void report(String what, long[] millis) {
    List<Long> times = LongStream.of(millis).sorted().boxed().toList();
    System.out.printf(
        "StandbySuite: %s to new committed output, detection %d ms, %d times: median %d ms, max %d ms%n",
        what,
        DETECTION.toMillis(),
        times.size(),
        times.get(times.size() / 2),
        times.get(times.size() - 1));
    assertThat(times.get(times.size() - 1))
        .as("the longest take-over of %s", times)
        .isLessThan(DETECTION.plus(LONGEST_TAKE_OVER).toMillis());
  }
}
