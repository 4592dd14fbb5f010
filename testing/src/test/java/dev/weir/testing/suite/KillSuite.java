package dev.weir.testing.suite;

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
    killAndAudit(topics, folder, settings);
  }

  @Tag("S48")
  @Tag("N01")
  @Test
  default void shouldCountWindowsThoughKilledAgainAndAgain(TopicAdmin topics, @TempDir Path folder)
      throws Exception {
    Settings settings =
        Settings.none().with(Setting.PIPELINE, SuitePipeline.WINDOWS).with(Setting.PARALLELISM, 2);
    killAndAudit(topics, folder, settings);
  }

  private static void killAndAudit(TopicAdmin topics, Path folder, Settings settings)
      throws Exception {
    Chance chance = Chance.of("KillSuite");
    InputPlan plan = InputPlan.ofTotal(18_000);
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
