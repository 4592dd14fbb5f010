package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJob;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker dies between its answer to a commit and the markers in the partitions. When it comes
 * back without leaders it takes the partitions for deleted, and the transaction for ended: Kafka
 * 4.1 to 4.3, docs/design/0038. Where it dies between two markers, the job must refuse to go on:
 * then the next run counts.
 */
@OnBroker(value = BrokerKind.EMBEDDED, own = true)
@Timeout(300)
class LostMarkersIT {
  private static final int DEATHS = Integer.getInteger("deaths", 2);

  @Tag("S29")
  @Tag("N05")
  @Test
  void shouldLoseAndDoubleNothingThoughTheBrokerForgetsToEndACommittedTransaction(
      Broker broker, TopicAdmin topics, @TempDir Path folder) throws Exception {
    TornRuns.untilWhole(folder, run -> isWhole(broker, topics, run));
  }

  /** Runs and audits a job; false if it had to refuse. */
  private static boolean isWhole(Broker broker, TopicAdmin topics, Path folder) throws Exception {
    Settings settings = Settings.none().with(Setting.PARALLELISM, 2);
    InputPlan plan = InputPlan.ofTotal(24_000);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() * 3 / 4).start(1_000);
      if (!hasFinished(job, broker)) {
        return false;
      }
      job.audit();
    }
    return true;
  }

  private static boolean hasFinished(JobUnderTest job, Broker broker) throws Exception {
    FatalCommits clients = new FatalCommits(broker);
    try (Job running = SuiteJob.start(job.settings(), clients)) {
      return TornRuns.isWhole(running, () -> finish(running, job, clients, broker));
    }
  }

  private static void finish(Job running, JobUnderTest job, FatalCommits clients, Broker broker)
      throws Exception {
    JobUnderTest.awaitCheckpoints(running, 3);
    for (int death = 0; death < DEATHS; death++) {
      clients.next().get(1, TimeUnit.MINUTES);
      broker.start();
      JobUnderTest.awaitCheckpoints(running, 3);
    }
    job.load().finish();

    running.await();
    assertThat(running.status().state()).isEqualTo(JobState.FINISHED);
  }
}
