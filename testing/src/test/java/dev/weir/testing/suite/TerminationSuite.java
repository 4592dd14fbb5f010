package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody asks the process to end, as orchestrators do, at any moment of its life, and again. */
@Timeout(180)
interface TerminationSuite {
  int ROUNDS = Integer.getInteger("suite.termination.rounds", 8);
  Duration LIFE = Duration.ofMillis(2_500);
  Duration SHORT = Duration.ofMillis(150);

  @Tag("N38")
  @Test
  default void shouldLoseAndDoubleNothingWheneverItIsAskedToEndAndAskedAgain(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    Chance chance = Chance.of("TerminationSuite");
    InputPlan plan = InputPlan.ofTotal(24_000);
    Settings settings =
        Settings.none().with(Setting.PARALLELISM, 2).with(Setting.SIGNALLED, "stop");
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() * 3 / 4).start(800);
      List<String> ends = new ArrayList<>();

      for (int round = 0; round < ROUNDS; round++) {
        ChildJvm child = job.startChild(job.settings());
        child.awaitLine("STARTED", JobUnderTest.BOUND);
        chance.pass(LIFE);
        child.terminate();
        chance.pass(SHORT);
        child.terminate();
        child.awaitExit(JobUnderTest.BOUND);
        child.lines().stream().filter(line -> line.startsWith("ENDED")).forEach(ends::add);
        job.look();
      }
      job.finish();

      job.audit();
      assertThat(ends).as("how it ended").contains("ENDED FINISHED").doesNotContain("ENDED FAILED");
      System.out.println("TerminationSuite: " + ends);
    }
  }
}
