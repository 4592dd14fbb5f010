package dev.weir.connectors.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.SplitChanges;
import dev.weir.error.UnrecoverableConnectorException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SplitCheckTest {
  private static final Uuid ID = new Uuid(1, 2);

  private final SplitCheck check = new SplitCheck(Set.of("in"), "broker:9092");

  @Test
  void shouldAcceptWhatIsAsItWas() {
    assertThatCode(
            () -> {
              check.checkAllExist(Map.of("in", topic(ID, 2)));
              check.checkSame(List.of(split("in", 1, 5)), Map.of("in", topic(ID, 2)));
              check.checkOffsets(List.of(split("in", 1, 5)), bounds(5, 9));
              check.checkOffsets(List.of(split("in", 1, 9)), bounds(5, 9));
            })
        .doesNotThrowAnyException();
  }

  @Tag("S29")
  @Test
  void shouldNameWhatIsMissing() {
    refused("'in' at broker:9092", () -> check.checkAllExist(Map.of()));
    refused(
        "was deleted and created anew",
        () -> check.checkSame(List.of(split("in", 0, 5)), Map.of("in", topic(new Uuid(9, 9), 2))));
    refused(
        "Partition in-2 at broker:9092 is gone",
        () -> check.checkSame(List.of(split("in", 2, 5)), Map.of("in", topic(ID, 2))));
    refused(
        "Name topic 'old' again",
        () -> check.checkSame(List.of(split("old", 0, 5)), Map.of("in", topic(ID, 2))));
  }

  @Test
  void shouldCompareTopicsWithoutAskingTheBroker() {
    SplitChanges same = check.compare(List.of(split("in", 0, 5), split("in", 1, 5)));
    SplitChanges other = check.compare(List.of(split("old", 0, 5), split("old", 1, 5)));

    assertThat(same).isEqualTo(SplitChanges.NONE);
    assertThat(other.refused())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("Name topic 'old' again");
    assertThat(other.noted())
        .containsExactly("Topic 'in' is new: it is read from its first record.");
  }

  @Test
  void shouldNameOffsetsThatAreLost() {
    refused(
        "in-1 from offset 4, but the broker has offsets 5 to 9 only. Retention",
        () -> check.checkOffsets(List.of(split("in", 1, 4)), bounds(5, 9)));
    refused(
        "in-1 from offset 10, but the broker has offsets 5 to 9 only. The log was cut",
        () -> check.checkOffsets(List.of(split("in", 1, 10)), bounds(5, 9)));
  }

  @Test
  void shouldNotMissRecordsBehindTheEndOfABoundedRead() {
    KafkaSplit finished =
        new KafkaSplit(new TopicPartition("in", 1), ID, 3, OptionalInt.empty(), 3);

    assertThatCode(() -> check.checkOffsets(List.of(finished), bounds(5, 9)))
        .doesNotThrowAnyException();
  }

  private static void refused(String message, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOf(UnrecoverableConnectorException.class)
        .hasMessageContaining(message);
  }

  private static Map<TopicPartition, OffsetBounds> bounds(long earliest, long end) {
    return Map.of(
        new TopicPartition("in", 1), new OffsetBounds(earliest, end, end, OptionalLong.empty()));
  }

  private static KafkaSplit split(String topic, int partition, long offset) {
    return new KafkaSplit(
        new TopicPartition(topic, partition),
        ID,
        offset,
        OptionalInt.empty(),
        KafkaSplit.UNBOUNDED);
  }

  private static TopicDescription topic(Uuid id, int partitions) {
    Node node = new Node(1, "broker", 9092);
    List<TopicPartitionInfo> infos =
        IntStream.range(0, partitions)
            .mapToObj(p -> new TopicPartitionInfo(p, node, List.of(node), List.of(node)))
            .toList();
    return new TopicDescription("in", false, infos, Set.of(), id);
  }
}
