package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.base.CrashPoint;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Moment;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuitePipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A job whose input never ends has taken all there is, is drained, and dies before and after each
 * effect of that. Whoever comes next meets either every window that the drain closed, or none.
 */
@Timeout(120)
interface DrainSuite {
  /** After these the drain has happened; the commit that is on its way may arrive or not. */
  List<String> COMMITTED =
      List.of(
          Moment.COMMIT_ACKNOWLEDGED.name(),
          CrashPoint.LEDGER_COMPLETED.name(),
          CrashPoint.COMPLETION_ANNOUNCED.name());

  static Stream<String> moments() {
    return Stream.concat(
        Stream.of(
            CrashPoint.BARRIER_INJECTED.name(),
            CrashPoint.STATE_FROZEN.name(),
            CrashPoint.STATE_FILE_WRITTEN.name(),
            CrashPoint.SINK_PREPARED.name(),
            CrashPoint.ALL_ACKNOWLEDGED.name(),
            CrashPoint.MANIFEST_WRITTEN.name(),
            Moment.LEDGER_RECORD_SENT.name(),
            Moment.COMMIT_SENT.name()),
        COMMITTED.stream());
  }

  @Tag("S07")
  @Tag("N01")
  @ParameterizedTest(name = "{0}")
  @MethodSource("moments")
  default void shouldCloseEachWindowOnceThoughItDiesWhileItDrainsAt(
      String moment, TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(3_600);
    Settings windows =
        Settings.none()
            .with(Setting.PIPELINE, SuitePipeline.WINDOWS)
            .with(Setting.PARALLELISM, 2)
            .with(Setting.INTERVAL, 60_000); // So that the next one is the drain.
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, windows)) {
      job.load().start(plan.total()).finish();

      drainAndDie(job, plan, moment);
      int visible = job.look();
      if (COMMITTED.contains(moment)) {
        assertThat(visible).as("windows that the drain has closed").isEqualTo(windowsOf(plan));
      } else if (!moment.equals(Moment.COMMIT_SENT.name())) {
        assertThat(visible).as("windows closed before the drain").isLessThan(windowsOf(plan));
      }
      EndlessRun.drain(job.settings().without(Setting.STOPS), ends(plan), folder.resolve("probes"));

      job.audit();
    }
  }

  private static Map<Integer, Long> ends(InputPlan plan) {
    String[] stops = plan.stops().split(",", -1);
    return IntStream.range(0, stops.length)
        .boxed()
        .collect(Collectors.toMap(partition -> partition, at -> Long.parseLong(stops[at])));
  }

  private static int windowsOf(InputPlan plan) {
    return plan.windows().size();
  }

  private static void drainAndDie(JobUnderTest job, InputPlan plan, String moment) {
    Settings endless =
        job.settings()
            .without(Setting.STOPS)
            .with(Setting.ASK, "drain")
            .with(Setting.TAKEN, plan.total())
            .with(Setting.MOMENT, moment)
            .with(Setting.SEED, Chance.of("DrainSuite").seed());
    ChildJvm child = job.startChild(endless);
    child.awaitLine("AT " + moment, JobUnderTest.BOUND);
    assertThat(child.awaitExit(JobUnderTest.BOUND)).isEqualTo(CrashPointSuite.STRUCK);
  }
}
