package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.connectors.kafka.sink.KafkaLedgers;
import dev.weir.connectors.kafka.sink.LedgerLine;
import dev.weir.connectors.kafka.sink.LedgerLine.Fate;
import dev.weir.connectors.kafka.sink.LedgerLine.Kind;
import dev.weir.error.ConnectorException;
import dev.weir.job.stored.StoredCheckpoint;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Moment;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people are shown of a job's ledger. */
@Timeout(120)
interface LedgerListingSuite {
  @Test
  default void shouldTellWhatTheLedgerHoldsAndWhatBecameOfIt(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    try (JobUnderTest job = JobUnderTest.create(topics, folder, InputPlan.ofTotal(2_400))) {
      job.load().start(1_000);
      Settings struck =
          job.settings()
              .with(Setting.MOMENT, Moment.LEDGER_RECORD_SENT.name())
              .with(Setting.OCCURRENCE, 3);
      ChildJvm child = job.startChild(struck);
      assertThat(child.awaitExit(JobUnderTest.BOUND)).isEqualTo(CrashPointSuite.STRUCK);

      List<LedgerLine> died = read(topics, job);
      LedgerLine last = died.get(died.size() - 1);
      job.finish();
      List<LedgerLine> all = read(topics, job);

      assertThat(died.get(0).kind()).isEqualTo(Kind.CLAIM);
      assertThat(last.checkpointId()).isEqualTo(OptionalLong.of(2));
      assertThat(last.fate()).as("while nobody has decided").isEqualTo(Fate.OPEN);
      assertThat(all)
          .filteredOn(each -> each.offset() == last.offset())
          .singleElement()
          .satisfies(each -> assertThat(each.fate()).isEqualTo(Fate.ABORTED));
      List<LedgerLine> completed =
          all.stream()
              .filter(each -> each.kind() == Kind.COMPLETED && each.fate() == Fate.COMMITTED)
              .toList();
      assertThat(completed).extracting(each -> each.checkpointId().getAsLong()).isSorted();
      LedgerLine newest = completed.get(completed.size() - 1);
      List<StoredCheckpoint> stored = Weir.checkpoints(folder.resolve("checkpoints").toUri());
      assertThat(newest.manifest()).isEqualTo(stored.get(stored.size() - 1).manifest());
      assertThat(newest.topics()).containsExactly(job.settings().text(Setting.OUTPUT));
    }
  }

  @Test
  default void shouldSayThatThereIsNoLedger(TopicAdmin topics) {
    assertThatThrownBy(
            () ->
                KafkaLedgers.read(
                    topics.bootstrapServers(), KafkaLedgers.topicOf("nobody"), Map.of()))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("weir-ledger-nobody");
  }

  private static List<LedgerLine> read(TopicAdmin topics, JobUnderTest job) {
    String topic = KafkaLedgers.topicOf(job.settings().text(Setting.NAME));
    return KafkaLedgers.read(topics.bootstrapServers(), topic, Map.of());
  }
}
