package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.base.CrashPoint;
import dev.weir.job.Job;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Moment;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuitePipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The process dies before and after each effect of a checkpoint and of a take-over. */
@Timeout(120)
interface CrashPointSuite {
  int STRUCK = 137;

  static List<CrashCase> moments() {
    return CrashCase.all();
  }

  static Stream<String> finalMoments() {
    return Stream.of(
        CrashPoint.MANIFEST_WRITTEN.name(),
        Moment.LEDGER_RECORD_SENT.name(),
        Moment.COMMIT_SENT.name(),
        Moment.COMMIT_ACKNOWLEDGED.name(),
        CrashPoint.LEDGER_COMPLETED.name(),
        CrashPoint.COMPLETION_ANNOUNCED.name());
  }

  @Tag("S03")
  @Tag("N01")
  @ParameterizedTest(name = "{0}")
  @MethodSource("moments")
  default void shouldLoseAndDoubleNothingWhenItDiesAt(
      CrashCase crash, TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(12_000);
    Settings settings = crash.in(Settings.none());
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() * 2 / 3).start(1_000);
      if (crash.isRecovery()) {
        liveAndEndWithoutFarewell(job);
      }

      die(job, crash.struck(job.settings()), "AT " + crash.moment());
      job.look();
      job.finish();

      job.audit();
    }
  }

  @Tag("S07")
  @Tag("N01")
  @ParameterizedTest(name = "{0}")
  @MethodSource("finalMoments")
  default void shouldFinishOnceThoughItDiesInItsFinalCheckpointAt(
      String moment, TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(4_800);
    Settings settings =
        Settings.none()
            .with(Setting.PIPELINE, SuitePipeline.WINDOWS)
            .with(Setting.INTERVAL, 60_000);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().start(plan.total()).finish();

      Settings struck = job.settings().with(Setting.MOMENT, moment).with(Setting.OCCURRENCE, 2);
      die(job, struck.with(Setting.SEED, Chance.of("CrashPointSuite").seed()), "AT " + moment);
      job.look();
      job.finish();

      job.audit();
    }
  }

  private static void liveAndEndWithoutFarewell(JobUnderTest job) {
    try (Job past = job.startHere()) {
      JobUnderTest.awaitCheckpoints(past, 4);
    }
  }

  private static void die(JobUnderTest job, Settings struck, String lastWords) {
    ChildJvm child = job.startChild(struck);
    child.awaitLine(lastWords, JobUnderTest.BOUND);
    assertThat(child.awaitExit(JobUnderTest.BOUND)).isEqualTo(STRUCK);
  }
}
