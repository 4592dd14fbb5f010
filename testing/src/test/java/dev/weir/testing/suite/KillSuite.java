package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuitePipeline;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed again and again, at moments left to chance: twice of three times when it
 * has completed checkpoints, else while it comes up.
 */
@Timeout(300)
interface KillSuite {
  int KILLS = 8;
  Duration LONGEST_LIFE = Duration.ofMillis(1_200);

  @Tag("N01")
  @Test
  default void shouldKeepCountAndOrderOfEachKeyThoughKilledAgainAndAgain(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    Settings settings =
        Settings.none().with(Setting.BACKEND, "rocksdb").with(Setting.PARALLELISM, 2);
    killAndAudit(topics, folder, InputPlan.ofTotal(18_000), settings);
  }

  @Tag("S48")
  @Tag("N01")
  @Test
  default void shouldCountWindowsThoughKilledAgainAndAgain(TopicAdmin topics, @TempDir Path folder)
      throws Exception {
    Settings settings =
        Settings.none().with(Setting.PIPELINE, SuitePipeline.WINDOWS).with(Setting.PARALLELISM, 2);
    InputPlan plan = InputPlan.ofPlayground(3);
    assertThat(plan.windows().values()).hasSize(18).containsOnly(1_000L);
    killAndAudit(topics, folder, plan, settings);
  }

  private static void killAndAudit(
      TopicAdmin topics, Path folder, InputPlan plan, Settings settings) throws Exception {
    Chance chance = Chance.of("KillSuite");
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() * 3 / 4).start(1_000);

      for (int kill = 0; kill < KILLS; kill++) {
        ChildJvm child = job.startChild(job.settings());
        child.awaitLine(kill % 3 == 2 ? "STARTED" : "COMPLETED", JobUnderTest.BOUND);
        chance.pass(LONGEST_LIFE);
        child.kill();
        job.look();
      }
      job.finish();

      job.audit();
    }
  }
}
