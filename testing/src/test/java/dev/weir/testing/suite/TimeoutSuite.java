package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.base.CrashPoint;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Moment;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJobMain;
import dev.weir.testing.suite.job.SuitePipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The broker aborts a transaction that was open for too long. */
@Timeout(120)
interface TimeoutSuite {
  Settings IMPATIENT =
      Settings.none()
          .with(Setting.INTERVAL, 100)
          .with(Setting.TIMEOUT, 2_000)
          .with(Setting.TRANSACTION_TIMEOUT, 2_500);

  @Tag("S01")
  @Tag("N19")
  @ParameterizedTest
  @EnumSource(
      value = Moment.class,
      names = {"OUTPUT_FLUSHED", "LEDGER_RECORD_SENT"})
  default void shouldLoseAndDoubleNothingWhenATransactionTimesOutWhileTheJobIsDown(
      Moment moment, TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(12_000);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, IMPATIENT)) {
      job.load().upTo(plan.total() * 2 / 3).start(1_000);

      ChildJvm child = job.startChild(at(moment, job));
      child.awaitLine("AT " + moment, JobUnderTest.BOUND);
      child.kill();
      assertThat(job.openTransactions()).as("open when it died").isNotEmpty();
      awaitAborted(job);
      job.look();
      job.finish();

      job.audit();
    }
  }

  @Tag("S16")
  @Tag("N04")
  @Tag("N19")
  @Test
  default void shouldGoOnByItselfAndChangeNothingWhenACommitWakesUpAfterItsTimeout(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(12_000);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, IMPATIENT)) {
      job.load().upTo(plan.total() * 2 / 3).start(1_000);
      Path gate = folder.resolve("gate");

      ChildJvm child = job.startChild(at(Moment.COMMIT_UNSENT, job).with(Setting.GATE, gate));
      child.awaitLine("AT " + Moment.COMMIT_UNSENT, JobUnderTest.BOUND);
      long mark = child.mark();
      child.awaitLineAfter(mark, "RUNNING", JobUnderTest.BOUND);
      Files.createFile(gate);
      mark = child.mark();
      child.awaitLineAfter(mark, "COMPLETED", JobUnderTest.BOUND);
      job.load().finish();

      assertThat(child.awaitExit(JobUnderTest.BOUND)).isEqualTo(SuiteJobMain.FINISHED);
      job.audit();
    }
  }

  static Stream<String> finalMoments() {
    return Stream.of(
        CrashPoint.MANIFEST_FORCED.name(),
        Moment.LEDGER_RECORD_SENT.name(),
        Moment.COMMIT_UNSENT.name(),
        Moment.COMMIT_ACKNOWLEDGED.name());
  }

  /**
   * The last checkpoint is held until it is too late for it; the next attempt, which begins beside
   * what wakes up, completes one and dies of it; the third finds nothing left to do.
   */
  @Tag("S16")
  @Tag("N04")
  @ParameterizedTest(name = "{0}")
  @MethodSource("finalMoments")
  default void shouldFinishOnceThoughItsFinalCheckpointIsTooLateAt(
      String moment, TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(4_800);
    Settings settings =
        Settings.none()
            .with(Setting.PIPELINE, SuitePipeline.WINDOWS)
            .with(Setting.INTERVAL, 60_000)
            .with(Setting.TIMEOUT, 1_000);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().start(plan.total()).finish();
      Path gate = folder.resolve("gate");
      Settings held =
          job.settings()
              .with(Setting.MOMENT, moment)
              .with(Setting.OCCURRENCE, 2)
              .with(Setting.GATE, gate)
              .with(Setting.THEN, CrashPoint.COMPLETION_ANNOUNCED);

      ChildJvm child = job.startChild(held);
      child.awaitLine("AT " + moment, JobUnderTest.BOUND);
      child.awaitLineAfter(child.mark(), "FAILING", JobUnderTest.BOUND);
      Files.createFile(gate);
      assertThat(child.awaitExit(JobUnderTest.BOUND)).isEqualTo(CrashPointSuite.STRUCK);
      job.look();
      job.run();

      job.audit();
    }
  }

  private static Settings at(Moment moment, JobUnderTest job) {
    return job.settings().with(Setting.MOMENT, moment).with(Setting.OCCURRENCE, 6);
  }

  private static void awaitAborted(JobUnderTest job) {
    Await.until("the broker to abort", JobUnderTest.BOUND, () -> job.openTransactions().isEmpty());
  }
}
