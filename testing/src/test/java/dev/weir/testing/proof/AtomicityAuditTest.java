package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.sim.kafka.SimCluster.Committed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AtomicityAuditTest {
  private static final TopicPartition LEFT = new TopicPartition("in", 0);
  private static final TopicPartition RIGHT = new TopicPartition("in", 1);
  private static final List<Input> INPUT =
      List.of(
          Input.plain("in", 0, "k", "a", 0),
          new Input(LEFT, "k", "given up", 0, Input.How.ABORTED),
          Input.plain("in", 0, "k", "b", 0),
          Input.plain("in", 1, "k", "c", 0));

  /** A record's value is its name, and its result's. */
  private static final class Values implements Workload.Origins {
    @Override
    public String of(Input record) {
      return record.value();
    }

    @Override
    public String of(ConsumerRecord<byte[], byte[]> result) {
      return new String(result.value(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void shouldFindNothingWhereEachTransactionHasTheResultsOfItsOwnRecords() {
    AtomicityAudit audit = audit(result("first", "a"), result("last", "b"), result("last", "c"));

    audit.checkpoint("checkpoint 0", "empty", Map.of(LEFT, 0L, RIGHT, 0L));
    audit.checkpoint("checkpoint 1", "first", Map.of(LEFT, 2L, RIGHT, 0L));
    audit.checkpoint("checkpoint 2", "last", Map.of(LEFT, 4L, RIGHT, 1L));

    assertThat(audit.findings()).isEmpty();
  }

  @Test
  void shouldFindAResultThatIsInTheTransactionOfTheNextCheckpoint() {
    AtomicityAudit audit = audit(result("last", "a"), result("last", "b"), result("last", "c"));

    audit.checkpoint("checkpoint 0", "empty", Map.of(LEFT, 0L, RIGHT, 0L));
    audit.checkpoint("checkpoint 1", "first", Map.of(LEFT, 1L, RIGHT, 0L));
    audit.checkpoint("checkpoint 2", "last", Map.of(LEFT, 4L, RIGHT, 1L));

    assertThat(audit.findings())
        .containsExactly(
            "checkpoint 1 has committed the results of [], but it stands for [a]",
            "checkpoint 2 has committed the results of [a, b, c], but it stands for [b, c]");
  }

  @Test
  void shouldFindATransactionThatIsTornBetweenPartitions() {
    AtomicityAudit audit = audit(result("last", "a"), result("last", "b"), result("beside", "c"));

    audit.checkpoint("checkpoint 0", "empty", Map.of(LEFT, 0L, RIGHT, 0L));
    audit.checkpoint("checkpoint 1", "last", Map.of(LEFT, 4L, RIGHT, 1L));

    assertThat(audit.findings())
        .containsExactly(
            "checkpoint 1 has committed the results of [a, b], but it stands for [a, b, c]",
            "the results of [c] were committed without a checkpoint");
  }

  private static AtomicityAudit audit(Committed... output) {
    return new AtomicityAudit(new Values(), INPUT, List.of(output));
  }

  private static Committed result(String transaction, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return new Committed(transaction, new ConsumerRecord<>("out", 0, 0, null, bytes));
  }
}
