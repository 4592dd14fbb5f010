package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.BrokerCluster;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers, each with a copy of everything, of which for a while one or none is there. */
@Timeout(300)
interface NoQuorumSuite {
  String TRANSACTIONS = "__transaction_state";

  /** One whose transactions are aborted long before the brokers are back. */
  Settings IMPATIENT =
      Copies.QUICK.with(Setting.TIMEOUT, 4_000).with(Setting.TRANSACTION_TIMEOUT, 5_000);

  /** With one broker of three nothing can be written; with two the transactions are found again. */
  @Tag("S01")
  @Tag("N01")
  @Tag("N05")
  @Test
  default void shouldWaitUntilTwoOfThreeBrokersAreThereThoughTheJobIsKilledMeanwhile(
      BrokerCluster brokers, TopicAdmin topics, @TempDir Path folder) throws Exception {
    Chance chance = Chance.of("NoQuorumSuite");
    InputPlan plan = InputPlan.ofTotal(16_000);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, Copies.QUICK)) {
      job.load().upTo(plan.total() * 3 / 4).start(800);
      ChildJvm child = job.startChild(job.settings());
      child.awaitLine("COMPLETED 3", JobUnderTest.BOUND);

      int coordinator = new Copies(topics, TRANSACTIONS).leader();
      Broker dead = brokers.broker(coordinator);
      Broker still = brokers.broker(coordinator % brokers.size() + 1);
      dead.kill();
      still.pause();
      chance.pass(Duration.ofSeconds(3));
      child.kill();
      ChildJvm successor = job.startChild(job.settings());
      chance.pass(Duration.ofSeconds(4));
      assertThat(successor.lines()).as("without a quorum").noneMatch(NoQuorumSuite::isProgress);
      still.resume();
      job.look();
      successor.awaitLine("COMPLETED", JobUnderTest.BOUND);
      successor.kill();
      dead.start();
      job.finish();

      job.audit();
    }
  }

  /** Its transaction is aborted by the brokers when they are back, or by itself before that. */
  @Tag("S29")
  @Tag("N06")
  @Tag("N19")
  @Test
  default void shouldGoOnByItselfWhenAllBrokersAreAwayForLongerThanATransactionMayBeOpen(
      BrokerCluster brokers, TopicAdmin topics, @TempDir Path folder) throws Exception {
    Chance chance = Chance.of("NoQuorumSuite");
    InputPlan plan = InputPlan.ofTotal(12_000);
    TornRuns.untilWhole(
        folder,
        run -> {
          try (JobUnderTest job = JobUnderTest.create(topics, run, plan, IMPATIENT)) {
            job.load().upTo(plan.total() * 3 / 4).start(1_000);
            try (Job running = job.startHere()) {
              if (!TornRuns.isWhole(running, () -> goOn(running, job, brokers, chance))) {
                return false;
              }
            }
            job.audit();
          }
          return true;
        });
  }

  private static void goOn(Job running, JobUnderTest job, BrokerCluster brokers, Chance chance)
      throws Exception {
    JobUnderTest.awaitCheckpoints(running, 3);
    brokers.kill();
    chance.pass(Duration.ofSeconds(7), Duration.ofSeconds(10));
    brokers.start();
    JobUnderTest.awaitCheckpoints(running, 3);
    assertThat(running.status().restarts()).as("checkpoints were too late").isPositive();
    job.load().finish();

    running.await();
    assertThat(running.status().state()).isEqualTo(JobState.FINISHED);
    System.out.println("NoQuorumSuite: " + running.status().restarts() + " restarts");
  }

  private static boolean isProgress(String line) {
    return line.contains("COMPLETED");
  }
}
