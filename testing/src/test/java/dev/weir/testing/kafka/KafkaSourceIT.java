package dev.weir.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.SourceSplit;
import dev.weir.connectors.kafka.source.KafkaSource;
import dev.weir.connectors.kafka.source.KafkaSourceBuilder;
import dev.weir.connectors.kafka.source.StartOffsets;
import dev.weir.connectors.kafka.source.StopOffsets;
import dev.weir.error.ConnectorException;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.UnrecoverableConnectorException;
import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnBroker(BrokerKind.EMBEDDED)
class KafkaSourceIT {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private String servers;
  private TopicAdmin topics;
  private String input;

  @BeforeEach
  void makeTopic(Broker broker, TopicAdmin admin) {
    servers = broker.bootstrapServers();
    topics = admin;
    input = admin.createFresh("input", 2);
  }

  @Tag("S26")
  @Test
  void shouldReadFromEarliestAndGoOnExactlyBehindASnapshot() throws Exception {
    KafkaSource<String> source = source().build();
    send(0, "a", "b", "c");
    List<SourceSplit> snapshot;
    try (SourceJob first = new SourceJob(source, SourceJob.initial(source)).read(3)) {
      snapshot = first.snapshot();
    }
    send(0, "d");
    send(1, "e");

    for (int restart = 0; restart < 5; restart++) {
      try (SourceJob again = new SourceJob(source, snapshot).read(2)) {
        assertThat(again.values()).containsExactlyInAnyOrder("d", "e");
      }
    }
  }

  @Tag("S21")
  @Test
  void shouldKeepAnOffsetForPartitionsWithoutRecords() throws Exception {
    KafkaSource<String> source = source().startFrom(StartOffsets.latest()).build();
    send(0, "before the job");
    List<SourceSplit> snapshot;
    try (SourceJob first = new SourceJob(source, SourceJob.initial(source))) {
      snapshot = first.snapshot();
    }
    send(0, "x");
    send(1, "y");

    try (SourceJob again = new SourceJob(source, snapshot).read(2)) {
      assertThat(snapshot).hasSize(2);
      assertThat(again.values()).containsExactlyInAnyOrder("x", "y");
    }
  }

  @Tag("S22")
  @Test
  void shouldStartAtATimestampOrAtGivenOffsets() throws Exception {
    Instant noon = Instant.parse("2026-11-22T12:00:00Z");
    topics.produce(
        List.of(
            new ProducerRecord<>(input, 0, noon.toEpochMilli() - 1, null, "morning"),
            new ProducerRecord<>(input, 0, noon.toEpochMilli(), null, "noon"),
            new ProducerRecord<>(input, 1, noon.toEpochMilli() - 1, null, "morning")));
    KafkaSource<String> timed =
        source().startFrom(StartOffsets.timestamp(noon)).bounded(StopOffsets.currentEnd()).build();
    Map<TopicPartition, Long> offsets = Map.of(partition(0), 1L, partition(1), 0L);
    KafkaSource<String> given =
        source()
            .startFrom(StartOffsets.offsets(offsets))
            .bounded(StopOffsets.offsets(Map.of(partition(0), 2L, partition(1), 1L)))
            .build();

    try (SourceJob byTime = new SourceJob(timed, SourceJob.initial(timed)).readToEnd();
        SourceJob byOffset = new SourceJob(given, SourceJob.initial(given)).readToEnd()) {
      assertThat(byTime.values()).containsExactly("noon");
      assertThat(byOffset.values()).containsExactlyInAnyOrder("noon", "morning");
    }
  }

  @Tag("S25")
  @Tag("N32")
  @Test
  void shouldEndBehindAbortedTransactionsAndControlRecords() throws Exception {
    try (KafkaProducer<String, String> writer = topics.transactionalProducer("tx-" + input)) {
      for (int i = 0; i < 10; i++) {
        writer.beginTransaction();
        writer.send(new ProducerRecord<>(input, 0, null, (i % 3 == 0 ? "aborted " : "") + i));
        writer.flush();
        if (i % 3 == 0) {
          writer.abortTransaction();
        } else {
          writer.commitTransaction();
        }
      }
    }
    topics.awaitStable(input);
    KafkaSource<String> source = source().bounded(StopOffsets.currentEnd()).build();

    try (SourceJob job = new SourceJob(source, SourceJob.initial(source)).readToEnd()) {
      assertThat(job.values()).containsExactly("1", "2", "4", "5", "7", "8");
      assertThat(lag(job)).isZero();
    }
  }

  @Test
  void shouldReadToTheEndThatIsConfiguredNowWhenItIsRestored() throws Exception {
    send(0, "a", "b", "c", "d", "e");
    KafkaSource<String> first = source().bounded(until(2)).build();
    List<SourceSplit> read;
    try (SourceJob job = new SourceJob(first, SourceJob.initial(first)).readToEnd()) {
      assertThat(job.values()).containsExactly("a", "b");
      read = job.snapshot();
    }

    assertThat(readOn(source().bounded(until(4)).build(), read)).containsExactly("c", "d");
    assertThat(readOn(source().bounded(until(1)).build(), read)).as("behind it already").isEmpty();
    assertThat(readOn(source().bounded(StopOffsets.currentEnd()).build(), read))
        .as("the end that was current before is given in the checkpoint")
        .isEmpty();
    KafkaSource<String> endless = source().build();
    try (SourceJob job = new SourceJob(endless, SourceJob.restored(endless, read)).read(3)) {
      assertThat(job.values()).containsExactly("c", "d", "e");
      List<SourceSplit> all = job.snapshot();
      send(0, "f");
      assertThat(readOn(source().bounded(StopOffsets.currentEnd()).build(), all))
          .as("to what is current now, as there was no end before")
          .containsExactly("f");
    }
    assertThatThrownBy(
            () ->
                SourceJob.restored(
                    source().bounded(StopOffsets.offsets(Map.of(partition(0), 1L))).build(), read))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("stop offsets do not name " + partition(1));
  }

  private StopOffsets until(long end) {
    return StopOffsets.offsets(Map.of(partition(0), end, partition(1), 0L));
  }

  private static List<String> readOn(KafkaSource<String> source, List<SourceSplit> from)
      throws Exception {
    try (SourceJob job = new SourceJob(source, SourceJob.restored(source, from)).readToEnd()) {
      return List.copyOf(job.values());
    }
  }

  @Test
  void shouldEndAtOnceWhereThereIsNothingToRead() throws Exception {
    KafkaSource<String> source = source().bounded(StopOffsets.currentEnd()).build();
    List<SourceSplit> splits = SourceJob.initial(source);
    send(0, "behind the end");

    try (SourceJob job = new SourceJob(source, splits).readToEnd();
        SourceJob without = new SourceJob(source, List.of()).readToEnd()) {
      assertThat(job.values()).isEmpty();
      assertThat(without.values()).isEmpty();
    }
  }

  @Tag("S23")
  @Tag("N21")
  @Test
  void shouldReadNewPartitionsFromTheirFirstRecord() throws Exception {
    KafkaSource<String> source = source().startFrom(StartOffsets.latest()).build();
    List<SourceSplit> known = SourceJob.initial(source);
    topics.growTo(input, 4);
    Await.until("the new partitions", BOUND, () -> topics.partitions(input) == 4);
    send(3, "written before it was found");

    List<SourceSplit> found = SourceJob.discovered(source, known);
    try (SourceJob job = new SourceJob(source, known)) {
      job.reader().addSplits(found);
      job.read(1);

      assertThat(found)
          .extracting(SourceSplit::id)
          .containsExactlyInAnyOrder(input + "-2", input + "-3");
      assertThat(job.values()).containsExactly("written before it was found");
    }
  }

  @Tag("S24")
  @Tag("N23")
  @Test
  void shouldStopWhereRetentionHasRemovedRecordsThatWereNotRead() throws Exception {
    KafkaSource<String> source = source().build();
    List<SourceSplit> splits = SourceJob.initial(source);
    send(0, "a", "b", "c");
    KafkaFuture<?> deleted =
        topics.client().deleteRecords(Map.of(partition(0), RecordsToDelete.beforeOffset(2))).all();
    deleted.get();

    assertThatThrownBy(() -> SourceJob.discovered(source, splits))
        .isInstanceOf(UnrecoverableConnectorException.class)
        .hasMessageContaining(input + "-0 from offset 0, but the broker has offsets 2 to 3");
    try (SourceJob job = new SourceJob(source, splits)) {
      assertThatThrownBy(() -> job.read(1))
          .isInstanceOf(UnrecoverableConnectorException.class)
          .hasMessageContaining(input + "-0 from offset 0, but the broker has offsets 2 to 3");
    }
  }

  @Tag("S28")
  @Tag("N22")
  @Test
  void shouldRefuseATopicThatWasCreatedAnew() throws Exception {
    KafkaSource<String> source = source().build();
    List<SourceSplit> splits = SourceJob.initial(source);
    topics.delete(input);
    Await.until("the topic to be gone", BOUND, () -> !exists(input));
    topics.create(input, 2);

    assertThatThrownBy(() -> SourceJob.discovered(source, splits))
        .isInstanceOf(UnrecoverableConnectorException.class)
        .hasMessageContaining("deleted and created anew");
  }

  @Test
  void shouldNameATopicThatDoesNotExist() {
    KafkaSource<String> source = source().topics("no-such-topic").build();

    assertThatThrownBy(() -> SourceJob.initial(source))
        .isInstanceOf(UnrecoverableConnectorException.class)
        .hasMessageContaining("'no-such-topic' at " + servers);
    assertThat(exists("no-such-topic")).isFalse();
  }

  @Test
  void shouldNameABrokerThatCannotBeReachedWithinABound() {
    KafkaSource<String> source = source().bootstrapServers("127.0.0.1:1").build();

    assertThatThrownBy(() -> SourceJob.initial(source))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  @Tag("N24")
  @Test
  void shouldNameTheRecordThatCannotBeDecoded() throws Exception {
    KafkaSource<String> source =
        source()
            .decoder(
                record -> {
                  throw new IllegalArgumentException("bad record");
                })
            .build();
    send(1, "poison".repeat(100));

    List<SourceSplit> splits = SourceJob.initial(source);
    try (SourceJob job = new SourceJob(source, splits)) {
      assertThatThrownBy(() -> job.read(1))
          .isInstanceOf(UnrecoverableConnectorException.class)
          .hasMessageContaining(input + "-1@0")
          .hasMessageContaining("bad record")
          .hasMessageContaining("poison")
          .hasMessageContaining("(600 bytes)")
          .message()
          .hasSizeLessThan(600);
      assertThat(job.snapshot())
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyElementsOf(splits);
    }
  }

  @Tag("S30")
  @Test
  void shouldPublishOffsetsForPeopleAndNeverReadThem() throws Exception {
    String group = "group-of-" + input;
    KafkaSource<String> source = source().groupId(group).build();
    send(0, "a", "b");
    List<SourceSplit> splits = SourceJob.initial(source);

    try (SourceJob job = new SourceJob(source, splits).read(2)) {
      job.snapshot();
      job.reader().checkpointCompleted(0);
      job.context().until("offsets to be published", () -> published(group).containsValue(2L));
    }
    try (SourceJob again = new SourceJob(source, splits).read(2)) {
      assertThat(again.values()).containsExactly("a", "b");
    }
  }

  @Test
  void shouldReadManyRecordsInOrderWithinEachPartition() throws Exception {
    KafkaSource<String> source = source().bounded(StopOffsets.currentEnd()).build();
    List<ProducerRecord<String, String>> records = new ArrayList<>();
    IntStream.range(0, 20_000)
        .forEach(i -> records.add(new ProducerRecord<>(input, i % 2, null, String.valueOf(i))));
    topics.produce(records);

    try (SourceJob job = new SourceJob(source, SourceJob.initial(source)).readToEnd()) {
      assertThat(job.values()).hasSize(20_000);
      assertThat(job.values().stream().map(Integer::parseInt).filter(i -> i % 2 == 0)).isSorted();
      assertThat(job.values().stream().map(Integer::parseInt).filter(i -> i % 2 == 1)).isSorted();
    }
  }

  private KafkaSourceBuilder<String> source() {
    return KafkaSource.<String>builder()
        .bootstrapServers(servers)
        .topics(input)
        .value(new StringDeserializer());
  }

  private void send(int partition, String... values) {
    topics.produce(
        List.of(values).stream()
            .map(value -> new ProducerRecord<String, String>(input, partition, null, value))
            .toList());
  }

  private TopicPartition partition(int partition) {
    return new TopicPartition(input, partition);
  }

  private boolean exists(String topic) {
    try {
      return topics.client().listTopics().names().get().contains(topic);
    } catch (Exception e) {
      throw new AssertionError("Topics cannot be listed", e);
    }
  }

  private Map<TopicPartition, Long> published(String group) {
    try {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      topics
          .client()
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
      return offsets;
    } catch (Exception e) {
      throw new AssertionError("Offsets cannot be listed", e);
    }
  }

  private static double lag(SourceJob job) {
    return job.context().meters().find("weir.source.lag").gauges().stream()
        .mapToDouble(gauge -> gauge.value())
        .sum();
  }
}
