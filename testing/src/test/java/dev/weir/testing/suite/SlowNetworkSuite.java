package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.BrokerSettings;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.fault.Link;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker is reached through a link on which each byte takes its time. */
@Timeout(300)
interface SlowNetworkSuite {
  Duration ONE_WAY = Duration.ofMillis(75);

  Broker create(BrokerSettings settings);

  @Tag("N09")
  @Test
  default void shouldGoOnThoughEachRequestTakesLong(@TempDir Path folder) throws Exception {
    BrokerSettings brokerSettings = BrokerSettings.forTests();
    try (Link link = Link.to(brokerSettings.port());
        Broker broker = create(brokerSettings.advertising(link.port()))) {
      broker.start();
      try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
        runSlowly(topics, link, folder);
      }
    }
  }

  private static void runSlowly(TopicAdmin topics, Link link, Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(12_000);
    Settings settings = Settings.none().with(Setting.PARALLELISM, 2).with(Setting.INTERVAL, 500);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() * 3 / 4).start(1_000);
      link.delay(ONE_WAY);
      ChildJvm killed = job.startChild(job.settings());
      killed.awaitLine("COMPLETED 2", JobUnderTest.BOUND);
      killed.kill();
      job.look();
      try (Job running = job.startHere()) {
        JobUnderTest.awaitCheckpoints(running, 3);
        assertThat(running.status().restarts()).as("slow is no failure").isZero();
        job.load().finish();

        running.await();
        assertThat(running.status().state()).isEqualTo(JobState.FINISHED);
      }

      link.heal();
      job.audit();
    }
  }
}
