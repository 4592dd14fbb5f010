package dev.weir.connectors.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connector.SinkWriter;
import dev.weir.connectors.kafka.FakeClients;
import dev.weir.connectors.kafka.ManualContext;
import dev.weir.error.ConnectorException;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.UnrecoverableConnectorException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KafkaSinkWriterTest {
  private final ManualContext context = new ManualContext();
  private final FakeClients clients = new FakeClients().withTopics(4, "out", "other");

  @Tag("S11")
  @Test
  void shouldFlushAtThePrepareWhereNoResultMayBeLost() throws Exception {
    SinkWriter<String> writer = sink(DeliveryGuarantee.AT_LEAST_ONCE).createWriter(context);
    writer.write("a", 5);

    CompletableFuture<Void> prepared = writer.prepare(0).toCompletableFuture();
    assertThat(prepared).isNotDone();
    assertThat(writer.isReady()).isFalse();
    assertThatThrownBy(() -> writer.write("b", 5)).isInstanceOf(IllegalStateException.class);
    context.runOne();

    assertThat(prepared).isCompleted();
    assertThat(writer.isReady()).isTrue();
    assertThat(clients.producer(0).flushed()).isTrue();
    assertThat(clients.settings(0)).doesNotContainKey("transactional.id");
  }

  @Test
  void shouldNotWaitWhereResultsMayBeLost() throws Exception {
    SinkWriter<String> writer = sink(DeliveryGuarantee.NONE).createWriter(context);
    writer.write("a", 5);

    assertThat(writer.prepare(0).toCompletableFuture()).isCompleted();
    assertThat(context.waitingJobs()).isZero();
  }

  @Tag("S14")
  @Test
  void shouldSendWhatItHasCollectedWhenAskedAndAtTheBarrier() throws Exception {
    SinkWriter<String> writer = sink(DeliveryGuarantee.NONE).createWriter(context);

    writer.write("a", 5);
    writer.write("b", 5);
    assertThat(sent()).isEmpty();
    assertThat(writer.isReady()).isTrue();
    assertThat(sent()).containsExactly("a", "b");
    writer.write("c", 5);
    writer.prepare(0);

    assertThat(sent()).containsExactly("a", "b", "c");
  }

  @Tag("S10")
  @Tag("N25")
  @Test
  void shouldThrowAFailedSendFromTheNextWriteAndFromThePrepare() throws Exception {
    SinkWriter<String> writer = sink(DeliveryGuarantee.AT_LEAST_ONCE).createWriter(context);
    writer.write("too large", 5);
    assertThat(writer.isReady()).isTrue();
    clients.producer(0).errorNext(new RecordTooLargeException("10 MB"));

    assertThat(writer.isReady()).as("so that the failure is heard").isTrue();
    assertThat(context.wakeUps()).isEqualTo(1);
    assertThatThrownBy(() -> writer.write("next", 5))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("10 MB");
    assertThatThrownBy(() -> writer.prepare(0)).hasMessageContaining("10 MB");
  }

  @Test
  void shouldKeepWhatOneCallGivesBeyondTheProducersMemoryAndSendItInOrder() throws Exception {
    KafkaSink<String> small =
        builder(DeliveryGuarantee.AT_LEAST_ONCE).property("buffer.memory", 2_000).build();
    SinkWriter<String> writer = small.createWriter(context);
    List<String> values = IntStream.range(0, 100).mapToObj(i -> "value " + i).toList();

    for (String value : values) {
      writer.write(value, 5);
    }
    assertThat(writer.isReady()).isFalse();
    assertThat(sent()).as("no more than fits without blocking").hasSizeLessThan(20);
    CompletableFuture<Void> prepared = writer.prepare(0).toCompletableFuture();
    while (!prepared.isDone()) {
      clients.producer(0).completeNext();
      context.runOne();
    }

    assertThat(prepared).isCompleted();
    assertThat(sent()).isEqualTo(values);
    assertThat(writer.isReady()).isTrue();
  }

  @Test
  void shouldWakeTheTaskWhenThereIsRoomAgain() throws Exception {
    KafkaSink<String> small =
        builder(DeliveryGuarantee.AT_LEAST_ONCE).property("buffer.memory", 1_000).build();
    SinkWriter<String> writer = small.createWriter(context);
    while (writer.isReady()) {
      writer.write("value", 5);
    }
    int before = context.wakeUps();
    clients.producer(0).completeNext();

    assertThat(context.wakeUps()).isEqualTo(before + 1);
    assertThat(writer.isReady()).isTrue();
  }

  @Test
  void shouldLookUpANewTopicAwayFromTheTasksThread() throws Exception {
    KafkaSink<String> chosen =
        builder(DeliveryGuarantee.AT_LEAST_ONCE).topic((String value) -> value).build();
    SinkWriter<String> writer = chosen.createWriter(context);

    writer.write("other", 5);
    assertThat(sent()).isEmpty();
    assertThat(writer.isReady()).isFalse();
    context.runOne();
    assertThat(sent()).containsExactly("other");

    writer.write("nowhere", 5);
    context.runOne();
    assertThatThrownBy(() -> writer.write("other", 5))
        .isInstanceOf(UnrecoverableConnectorException.class)
        .hasMessageContaining("'nowhere' at broker:9092");
  }

  @Test
  void shouldNameATopicThatDoesNotExistWhenItStarts() {
    KafkaSink<String> nowhere = builder(DeliveryGuarantee.NONE).topic("nowhere").build();

    assertThatThrownBy(() -> nowhere.createWriter(context))
        .isInstanceOf(UnrecoverableConnectorException.class)
        .hasMessageContaining("'nowhere' at broker:9092");
    assertThat(clients.producer(0).closed()).isTrue();
  }

  @Test
  void shouldMakeTheWholeRecordOfAValue() throws Exception {
    KafkaSink<String> whole =
        builder(DeliveryGuarantee.AT_LEAST_ONCE)
            .key(String::length, (Serializer<Integer>) (topic, key) -> bytes("key " + key))
            .headers((value, headers) -> headers.add("by", bytes("me")))
            .partitioner((value, key, partitions) -> partitions - 1)
            .build();
    SinkWriter<String> writer = whole.createWriter(context);
    writer.write("abc", 1_234);
    writer.isReady();

    ProducerRecord<byte[], byte[]> record = clients.producer(0).history().get(0);
    assertThat(record.key()).isEqualTo(bytes("key 3"));
    assertThat(record.value()).isEqualTo(bytes("abc"));
    assertThat(record.partition()).isEqualTo(3);
    assertThat(record.timestamp()).isEqualTo(1_234);
    assertThat(record.headers().lastHeader("by").value()).isEqualTo(bytes("me"));
  }

  @Test
  void shouldLeaveTheTimestampToKafkaWhereThereIsNone() throws Exception {
    SinkWriter<String> writer = sink(DeliveryGuarantee.NONE).createWriter(context);
    writer.write("a", Long.MIN_VALUE);
    writer.isReady();

    assertThat(clients.producer(0).history().get(0).timestamp()).isNull();
  }

  @Tag("S19")
  @Test
  void shouldNameTheTypeThatCannotBeSerialized() throws Exception {
    Serializer<String> broken =
        (topic, value) -> {
          throw new IllegalStateException("broken");
        };
    SinkWriter<String> writer =
        builder(DeliveryGuarantee.NONE).value(broken).build().createWriter(context);

    assertThatThrownBy(() -> writer.write("a", 5))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("java.lang.String for topic 'out'")
        .hasMessageContaining("broken");
  }

  @Test
  void shouldShareALedgerOnOneClusterWithTheSameSettingsOnly() {
    KafkaSink<String> one = builder(DeliveryGuarantee.EXACTLY_ONCE).build();
    KafkaSink<String> same = builder(DeliveryGuarantee.EXACTLY_ONCE).topic("other").build();
    KafkaSink<String> elsewhere =
        builder(DeliveryGuarantee.EXACTLY_ONCE).bootstrapServers("elsewhere:1").build();
    KafkaSink<String> conflicting =
        builder(DeliveryGuarantee.EXACTLY_ONCE).property("linger.ms", 7).build();

    assertThat(one.ledger().get().sharesWith(same.ledger().get())).isTrue();
    assertThat(one.ledger().get().sharesWith(elsewhere.ledger().get())).isFalse();
    assertThatThrownBy(() -> one.ledger().get().sharesWith(conflicting.ledger().get()))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("[producer.linger.ms]");
    assertThat(sink(DeliveryGuarantee.AT_LEAST_ONCE).ledger()).isEmpty();
  }

  private KafkaSink<String> sink(DeliveryGuarantee guarantee) {
    return builder(guarantee).build();
  }

  private KafkaSinkBuilder<String> builder(DeliveryGuarantee guarantee) {
    return KafkaSink.<String>builder()
        .bootstrapServers("broker:9092")
        .topic("out")
        .value(new StringSerializer())
        .guarantee(guarantee)
        .clients(clients);
  }

  private List<String> sent() {
    return clients.producer(0).history().stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
