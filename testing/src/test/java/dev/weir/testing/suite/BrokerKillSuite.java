package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker is killed, or stands still, while the job runs. */
@Timeout(300)
interface BrokerKillSuite {
  int KILLS = 2;

  @Tag("S29")
  @Tag("N05")
  @Test
  default void shouldGoOnByItselfWhenTheBrokerIsKilledAndComesBack(
      Broker broker, TopicAdmin topics, @TempDir Path folder) throws Exception {
    Chance chance = Chance.of("BrokerKillSuite");
    InputPlan plan = InputPlan.ofTotal(24_000);
    Settings settings = Settings.none().with(Setting.PARALLELISM, 2);
    Hurt deathsAndAPause =
        running -> {
          for (int kill = 0; kill < KILLS; kill++) {
            chance.pass(Duration.ofSeconds(1));
            broker.restart();
            JobUnderTest.awaitCheckpoints(running, 3);
          }
          broker.pause();
          chance.pass(Duration.ofSeconds(2));
          broker.resume();
        };

    TornRuns.untilWhole(
        folder,
        run -> isWhole(JobUnderTest.create(topics, run, plan, settings), plan, deathsAndAPause));
  }

  @Tag("S29")
  @Tag("N06")
  @Tag("N19")
  @Test
  default void shouldGoOnByItselfWhenTheBrokerIsAwayForLongerThanATransactionMayBeOpen(
      Broker broker, TopicAdmin topics, @TempDir Path folder) throws Exception {
    Chance chance = Chance.of("BrokerKillSuite");
    InputPlan plan = InputPlan.ofTotal(12_000);
    Settings settings = TimeoutSuite.IMPATIENT;
    Hurt longAbsence =
        running -> {
          broker.kill();
          chance.pass(Duration.ofSeconds(5), Duration.ofSeconds(8));
          broker.start();
          JobUnderTest.awaitCheckpoints(running, 3);
          assertThat(running.status().restarts()).as("checkpoints were too late").isPositive();
        };

    TornRuns.untilWhole(
        folder,
        run -> isWhole(JobUnderTest.create(topics, run, plan, settings), plan, longAbsence));
  }

  private static boolean isWhole(JobUnderTest job, InputPlan plan, Hurt hurt) throws Exception {
    try (job) {
      job.load().upTo(plan.total() * 3 / 4).start(1_000);
      try (Job running = job.startHere()) {
        if (!TornRuns.isWhole(running, () -> hurtAndFinish(running, job, hurt))) {
          return false;
        }
      }
      job.audit();
    }
    return true;
  }

  private static void hurtAndFinish(Job running, JobUnderTest job, Hurt hurt) throws Exception {
    JobUnderTest.awaitCheckpoints(running, 3);
    hurt.hurt(running);
    JobUnderTest.awaitCheckpoints(running, 3);
    job.load().finish();

    running.await();
    assertThat(running.status().state()).isEqualTo(JobState.FINISHED);
    System.out.println("BrokerKillSuite: " + running.status().restarts() + " restarts");
  }

  /** What happens while a job runs. */
  @FunctionalInterface
  interface Hurt {
    /** Does it. */
    void hurt(Job running) throws Exception;
  }
}
