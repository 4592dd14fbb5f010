package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TransactionListing;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker forgets ids that are idle, seven days in life and seconds here. */
@Timeout(180)
interface ForgottenProducerSuite {
  @Tag("N20")
  @Test
  default void shouldGoOnWhenTheBrokerHasForgottenTheProducersOfAnIdleJob(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(6_000);
    Settings settings = Settings.none().with(Setting.PARALLELISM, 2);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().start(2_000);
      job.load().awaitWritten(plan.total() / 3);
      job.load().hold();
      try (Job running = job.startHere()) {
        JobUnderTest.awaitCheckpoints(running, 2);
        awaitForgotten(topics, job);
        job.load().finish();

        running.await();
        assertThat(running.status().state()).isEqualTo(JobState.FINISHED);
      }

      job.audit();
    }
  }

  @Tag("N20")
  @Test
  default void shouldGoOnWhenTheBrokerHasForgottenTheProducersOfADeadJob(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(12_000);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan)) {
      job.load().upTo(plan.total() / 2).start(1_000);
      ChildJvm child = job.startChild(job.settings());
      child.awaitLine("COMPLETED 3", JobUnderTest.BOUND);
      child.kill();
      job.look();
      awaitForgotten(topics, job);

      job.finish();

      job.audit();
    }
  }

  private static void awaitForgotten(TopicAdmin topics, JobUnderTest job) {
    Await.until(
        "the broker to forget the job's ids", JobUnderTest.BOUND, () -> isForgotten(topics, job));
  }

  private static boolean isForgotten(TopicAdmin topics, JobUnderTest job) {
    try {
      return topics.client().listTransactions().all().get().stream()
          .map(TransactionListing::transactionalId)
          .noneMatch(job::isOwnId);
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("the broker does not list its transactions", e);
    }
  }
}
