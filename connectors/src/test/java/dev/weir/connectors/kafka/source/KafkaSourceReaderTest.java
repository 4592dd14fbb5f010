package dev.weir.connectors.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.SourceOutput;
import dev.weir.connector.SourceReader;
import dev.weir.connector.SourceReader.Status;
import dev.weir.connector.SourceSplit;
import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.connectors.kafka.ManualContext;
import dev.weir.error.ConnectorException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KafkaSourceReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("in", 0);

  private final ManualContext context = new ManualContext();
  private final MockConsumer<ByteBuffer, ByteBuffer> consumer = new MockConsumer<>("none");
  private final List<String> values = new ArrayList<>();
  private final SourceOutput<String> output = split -> (value, timestamp) -> values.add(value);

  @Test
  void shouldEmitWhatItsFetcherHasPolledOnAnotherThread() throws Exception {
    SourceReader<String> reader = reader();
    reader.addSplits(List.of(split(0, KafkaSplit.UNBOUNDED)));
    records(0, 2);

    assertThat(reader.poll(output)).isEqualTo(Status.WAITING);
    assertThat(values).as("no consumer call on the task's thread").isEmpty();
    context.runOne();
    int wakeUps = context.wakeUps();
    assertThat(reader.poll(output)).isEqualTo(Status.WAITING);

    assertThat(wakeUps).isEqualTo(1);
    assertThat(values).containsExactly("v0", "v1");
    assertThat(offset(reader)).isEqualTo(2);
  }

  @Tag("S31")
  @Test
  void shouldKeepOneJobInFlightAndOneBatchWaiting() throws Exception {
    SourceReader<String> reader = reader();
    reader.addSplits(List.of(split(0, KafkaSplit.UNBOUNDED)));
    assertThat(context.waitingJobs()).isEqualTo(1);
    for (int i = 0; i < 5; i++) {
      reader.poll(output);
    }
    assertThat(context.waitingJobs()).isEqualTo(1);

    records(0, 1);
    context.runOne();
    assertThat(context.waitingJobs()).as("a batch waits, so none is fetched").isZero();
    records(1, 1);
    reader.poll(output);

    assertThat(context.waitingJobs()).as("it was taken").isEqualTo(1);
    assertThat(values).containsExactly("v0");
  }

  @Tag("S26")
  @Test
  void shouldEmitABoundedNumberPerPollAndStandBehindTheLastOne() throws Exception {
    SourceReader<String> reader = reader();
    reader.addSplits(List.of(split(0, KafkaSplit.UNBOUNDED)));
    records(0, 1_000);
    context.runOne();

    assertThat(reader.poll(output)).isEqualTo(Status.MORE);

    assertThat(values).hasSize(KafkaSourceReader.MAX_RECORDS_PER_POLL);
    assertThat(offset(reader)).isEqualTo(KafkaSourceReader.MAX_RECORDS_PER_POLL);
    assertThat(reader.poll(output)).isEqualTo(Status.WAITING);
    assertThat(offset(reader)).isEqualTo(1_000);
  }

  @Test
  void shouldEndBehindTheStopOffsetAndEmitNothingFromThere() throws Exception {
    SourceReader<String> reader = reader();
    reader.addSplits(List.of(split(0, 3)));
    records(0, 5);
    context.runOne();

    assertThat(reader.poll(output)).isEqualTo(Status.ENDED);

    assertThat(values).containsExactly("v0", "v1", "v2");
    assertThat(offset(reader)).isEqualTo(3);
    assertThat(context.waitingJobs()).as("nothing is left to fetch").isZero();
  }

  @Test
  void shouldNotEndBeforeItWasGivenItsSplits() throws Exception {
    SourceReader<String> reader = reader();

    assertThat(reader.poll(output)).isEqualTo(Status.WAITING);
    reader.addSplits(List.of());
    assertThat(reader.poll(output)).isEqualTo(Status.ENDED);
  }

  @Tag("S21")
  @Test
  void shouldHaveAPositionForSplitsWithoutRecords() {
    SourceReader<String> reader = reader();
    reader.addSplits(List.of(split(17, KafkaSplit.UNBOUNDED)));

    assertThat(offset(reader)).isEqualTo(17);
  }

  @Test
  void shouldThrowAFailureOfTheConsumerOnTheTasksThread() throws Exception {
    SourceReader<String> reader = reader();
    reader.addSplits(List.of(split(0, KafkaSplit.UNBOUNDED)));
    consumer.setPollException(new KafkaException("the disk is gone"));
    context.runOne();

    assertThat(context.wakeUps()).isEqualTo(1);
    assertThatThrownBy(() -> reader.poll(output))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("fetch from [in-0] at broker:9092")
        .hasMessageContaining("the disk is gone");
  }

  @Test
  void shouldLeaveOutRecordsThatTheDecoderLeavesOutAndCountThem() throws Exception {
    SourceReader<String> reader = reader();
    reader.addSplits(List.of(split(0, KafkaSplit.UNBOUNDED)));
    consumer.schedulePollTask(
        () -> {
          consumer.addRecord(new ConsumerRecord<>("in", 0, 0, null, null));
          consumer.addRecord(record(1));
        });
    context.runOne();
    reader.poll(output);

    assertThat(values).containsExactly("v1");
    assertThat(offset(reader)).isEqualTo(2);
    assertThat(context.meters().counter("weir.source.left.out", context.tags()).count()).isOne();
  }

  @Test
  void shouldCloseItsConsumerWhetherAJobIsQueuedOrNot() {
    SourceReader<String> idle = reader();
    idle.close();
    assertThat(consumer.closed()).isTrue();

    MockConsumer<ByteBuffer, ByteBuffer> second = new MockConsumer<>("none");
    SourceReader<String> queued = source(second).createReader(context);
    queued.addSplits(List.of(split(0, KafkaSplit.UNBOUNDED)));
    queued.close();
    queued.close();
    assertThat(second.closed()).isTrue();
    assertThat(context.runOne()).as("the queued job finds nothing to do").isTrue();
  }

  private SourceReader<String> reader() {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    return source(consumer).createReader(context);
  }

  private static KafkaSource<String> source(Consumer<ByteBuffer, ByteBuffer> of) {
    return KafkaSource.<String>builder()
        .bootstrapServers("broker:9092")
        .topics("in")
        .value(new StringDeserializer())
        .clients(new OneConsumer(of))
        .build();
  }

  /** They are there at the next poll. */
  private void records(long from, int count) {
    consumer.schedulePollTask(
        () ->
            LongStream.range(from, from + count)
                .mapToObj(KafkaSourceReaderTest::record)
                .forEach(consumer::addRecord));
  }

  private static ConsumerRecord<ByteBuffer, ByteBuffer> record(long offset) {
    return new ConsumerRecord<>("in", 0, offset, null, value(offset));
  }

  private static ByteBuffer value(long offset) {
    return ByteBuffer.wrap(("v" + offset).getBytes(StandardCharsets.UTF_8));
  }

  private static SourceSplit split(long offset, long stop) {
    return new KafkaSplit(PARTITION, new Uuid(1, 2), offset, OptionalInt.empty(), stop).toSplit();
  }

  private static long offset(SourceReader<String> reader) {
    return KafkaSplit.of(reader.snapshot().get(0)).offset();
  }

  /** Always the same consumer. */
  private record OneConsumer(Consumer<ByteBuffer, ByteBuffer> consumer) implements KafkaClients {
    @Override
    public Consumer<ByteBuffer, ByteBuffer> consumer(Map<String, Object> settings) {
      assertThat(settings)
          .containsEntry("isolation.level", "read_committed")
          .containsEntry("auto.offset.reset", "none")
          .containsEntry("enable.auto.commit", false);
      return consumer;
    }

    @Override
    public Producer<byte[], byte[]> producer(Map<String, Object> settings) {
      throw new AssertionError("A source has no producer");
    }

    @Override
    public Admin admin(Map<String, Object> settings) {
      throw new AssertionError("A reader asks nothing");
    }

    @Override
    public RandomGenerator random() {
      throw new AssertionError("A reader has no choice");
    }
  }
}
