package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Moment;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJobMain;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker aborts a transaction that was open for too long. */
@Timeout(120)
interface TimeoutSuite {
  Settings IMPATIENT =
      Settings.none()
          .with(Setting.INTERVAL, 100)
          .with(Setting.TIMEOUT, 2_000)
          .with(Setting.TRANSACTION_TIMEOUT, 2_500);

  @Tag("S01")
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

  private static Settings at(Moment moment, JobUnderTest job) {
    return job.settings().with(Setting.MOMENT, moment).with(Setting.OCCURRENCE, 6);
  }

  private static void awaitAborted(JobUnderTest job) {
    Await.until("the broker to abort", JobUnderTest.BOUND, () -> job.openTransactions().isEmpty());
  }
}
