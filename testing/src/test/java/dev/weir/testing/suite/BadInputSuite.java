package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.connectors.kafka.source.KafkaSource;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.WeirException;
import dev.weir.job.Job;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.FreePorts;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work ends with one error that says what to do, and changes nothing. */
@Timeout(120)
interface BadInputSuite {
  InputPlan PLAN = InputPlan.ofTotal(2_400);

  @Test
  default void shouldNameAnUnknownInputTopic(TopicAdmin topics, @TempDir Path folder) {
    assertThat(errorWith(Settings.none().with(Setting.INPUT, "in-typo"), topics, folder))
        .contains("in-typo", topics.bootstrapServers(), "Create it, or correct the name");
  }

  @Test
  default void shouldNameAnUnknownOutputTopic(TopicAdmin topics, @TempDir Path folder) {
    assertThat(errorWith(Settings.none().with(Setting.OUTPUT, "out-typo"), topics, folder))
        .contains("out-typo", topics.bootstrapServers(), "Create it");
  }

  @Test
  default void shouldNameABrokerThatCannotBeReached(TopicAdmin topics, @TempDir Path folder) {
    String nobody = "127.0.0.1:" + FreePorts.next();

    try (JobUnderTest job = JobUnderTest.create(topics, folder, PLAN)) {
      assertThat(errorOf(withoutRestarts(job).with(Setting.SERVERS, nobody)))
          .contains(nobody, "Check that the broker runs");
    }
  }

  @Test
  default void shouldRefuseAPropertyThatWeirOwnsWhenItIsGiven() {
    assertThatThrownBy(() -> KafkaSource.builder().property("auto.offset.reset", "latest"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("auto.offset.reset");
    assertThatThrownBy(() -> KafkaSink.builder().property("producer.transactional.id", "mine"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("transactional.id");
  }

  @Test
  default void shouldRefuseATransactionTimeoutThatCannotHoldACheckpoint(
      TopicAdmin topics, @TempDir Path folder) {
    assertThat(errorWith(Settings.none().with(Setting.TRANSACTION_TIMEOUT, 5_000), topics, folder))
        .contains("100 + 20000 = 20100 ms", "transaction.timeout.ms is 5000", "Raise it");
  }

  @Tag("S08")
  @Tag("N30")
  @Test
  default void shouldRefuseTheFolderOfAnotherJob(TopicAdmin topics, @TempDir Path folder)
      throws Exception {
    try (JobUnderTest job = JobUnderTest.create(topics, folder, PLAN)) {
      job.load().start(PLAN.total());
      job.finish();
      String owner = job.settings().text(Setting.NAME);

      assertThat(errorWith(Settings.none(), topics, folder)).contains("belongs to job '" + owner);
      assertThat(errorOf(job.settings().with(Setting.NAME, "other"))).contains(owner, "other");
    }
  }

  @Test
  default void shouldNameAFolderThatCannotBeMade(TopicAdmin topics, @TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    Settings settings = Settings.none().with(Setting.FOLDER, file.resolve("checkpoints"));

    assertThat(errorWith(settings, topics, folder)).contains(file.toString(), "Make it writable");
  }

  @Tag("N24")
  @Test
  default void shouldNameARecordThatCannotBeRead(TopicAdmin topics, @TempDir Path folder) {
    try (JobUnderTest job = JobUnderTest.create(topics, folder, PLAN)) {
      String input = job.settings().text(Setting.INPUT);
      topics.produce(List.of(new ProducerRecord<>(input, 2, "k2", "not a number")));

      assertThat(errorOf(withoutRestarts(job)))
          .contains(input + "-2@0", "'not a number'", "Correct");
      assertThat(topics.readCommitted(job.settings().text(Setting.OUTPUT))).isEmpty();
    }
  }

  /** For errors that may pass by themselves. */
  private static Settings withoutRestarts(JobUnderTest job) {
    return job.settings().without(Setting.RESTART_DELAY);
  }

  private static String errorWith(Settings settings, TopicAdmin topics, Path folder) {
    try (JobUnderTest job = JobUnderTest.create(topics, folder, PLAN, settings)) {
      return errorOf(job.settings());
    }
  }

  /** The message of the one error that the job ends with. */
  private static String errorOf(Settings settings) {
    try (Job job = SuiteJob.start(settings)) {
      assertThat(job.await(JobUnderTest.BOUND)).as("ended: %s", job.status()).isTrue();
      throw new AssertionError("ended without an error: " + job.status());
    } catch (WeirException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
