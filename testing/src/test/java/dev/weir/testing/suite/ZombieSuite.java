package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.job.Job;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJobMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A frozen process wakes up after another one has taken the job over. */
@Timeout(180)
interface ZombieSuite {
  @Tag("S16")
  @Tag("N03")
  @Test
  default void shouldChangeNothingWhenItWakesAnywhere(TopicAdmin topics, @TempDir Path folder)
      throws Exception {
    Chance chance = Chance.of("ZombieSuite");
    try (JobUnderTest job = flowing(topics, folder, Settings.none())) {
      ChildJvm zombie = job.startChild(job.settings());
      zombie.awaitLine("COMPLETED", JobUnderTest.BOUND);
      chance.pass(Duration.ofSeconds(1));
      zombie.pause();

      overtakeAndWake(job, zombie, folder.resolve("nobody waits for it"));

      job.audit();
    }
  }

  @Tag("S16")
  @Tag("N03")
  @ParameterizedTest
  @CsvSource({
    "OUTPUT_FLUSHED,heap,1",
    "STATE_FILE_FORCED,rocksdb,2",
    "MANIFEST_FORCED,heap,2",
    "LEDGER_RECORD_UNSENT,rocksdb,1",
    "COMMIT_UNSENT,heap,2",
    "BEFORE_DELETE,rocksdb,2"
  })
  default void shouldChangeNothingWhenItWakesAt(
      String moment, String backend, int parallelism, TopicAdmin topics, @TempDir Path folder)
      throws Exception {
    Settings settings =
        Settings.none().with(Setting.BACKEND, backend).with(Setting.PARALLELISM, parallelism);
    try (JobUnderTest job = flowing(topics, folder, settings)) {
      Path gate = folder.resolve("gate");
      Settings held = job.settings().with(Setting.MOMENT, moment).with(Setting.OCCURRENCE, 6);
      ChildJvm zombie = job.startChild(held.with(Setting.GATE, gate));
      zombie.awaitLine("AT " + moment, JobUnderTest.BOUND);
      zombie.pause();

      overtakeAndWake(job, zombie, gate);

      job.audit();
    }
  }

  private static JobUnderTest flowing(TopicAdmin topics, Path folder, Settings settings) {
    InputPlan plan = InputPlan.ofTotal(18_000);
    JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings);
    job.load().upTo(plan.total() * 3 / 4).start(1_000);
    return job;
  }

  private static void overtakeAndWake(JobUnderTest job, ChildJvm zombie, Path gate)
      throws Exception {
    try (Job heir = job.startHere()) {
      JobUnderTest.awaitCheckpoints(heir, 3);
      job.look();
      Files.createFile(gate);
      zombie.resume();
      assertThat(zombie.awaitExit(JobUnderTest.BOUND))
          .as("exit code of the zombie: %s", zombie.lines())
          .isEqualTo(SuiteJobMain.FENCED);
      assertThat(zombie.lines())
          .as("last words of the zombie")
          .anyMatch(line -> line.startsWith("ENDED FENCED") && line.contains("has taken over"));
      JobUnderTest.awaitCheckpoints(heir, 2);
    }
    job.finish(); // From files that the zombie must not have touched.
  }
}
