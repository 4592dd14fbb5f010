package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.kafka.sink.LedgerOptions;
import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.suite.job.Setting;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another program takes the job's transactional ids, which ends the transactions of the job. */
@Timeout(120)
interface HijackSuite {
  @Tag("N31")
  @Test
  default void shouldGoOnThoughItsIdsAreUsedFromOutside(TopicAdmin topics, @TempDir Path folder)
      throws Exception {
    InputPlan plan = InputPlan.ofTotal(12_000);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan)) {
      job.load().upTo(plan.total() * 2 / 3).start(1_000);
      try (Job running = job.startHere()) {
        JobUnderTest.awaitCheckpoints(running, 3);

        for (String id : LedgerOptions.transactionalIds(job.settings().text(Setting.NAME))) {
          takeFromOutside(topics, id);
          JobUnderTest.awaitCheckpoints(running, 3);
        }
        job.load().finish();

        running.await();
        assertThat(running.status().state()).isEqualTo(JobState.FINISHED);
        assertThat(running.status().restarts()).as("attempts that were hurt").isPositive();
      }

      job.audit();
    }
  }

  private static void takeFromOutside(TopicAdmin topics, String id) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            topics.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            id);
    try (KafkaProducer<byte[], byte[]> other =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      other.initTransactions();
    }
  }
}
