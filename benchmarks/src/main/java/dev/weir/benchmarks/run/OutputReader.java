package dev.weir.benchmarks.run;

import dev.weir.benchmarks.check.OutputCheck;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed output from its beginning. Confined to one thread. */
final class OutputReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_VAIN_POLLS = 100;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final long[] needed = new long[BenchBroker.PARTITIONS];

  OutputReader(String bootstrap, String topic) {
    this.topic = topic;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                10_000,
                "enable.auto.commit",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(BenchBroker.partitionsOf(topic));
  }

  ConsumerRecords<byte[], byte[]> poll(Duration wait) {
    return consumer.poll(wait);
  }

  /**
   * Checks everything before these offsets.
   *
   * @throws IllegalStateException if the broker does not give it
   */
  void readTo(long[] offsets, OutputCheck check) {
    int vainPolls = 0;
    while (!isAt(offsets)) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      vainPolls = records.isEmpty() ? vainPolls + 1 : 0;
      if (vainPolls > MOST_VAIN_POLLS) {
        throw new IllegalStateException(
            "The broker gave nothing of %s for %d polls, though it is visible up to %s"
                .formatted(topic, vainPolls, Arrays.toString(offsets)));
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        boolean wasComplete = check.isComplete();
        if (check.take(record.value()) && !wasComplete) {
          needed[record.partition()] = record.offset() + 1;
        }
      }
    }
  }

  private boolean isAt(long[] offsets) {
    for (int partition = 0; partition < offsets.length; partition++) {
      if (consumer.position(new TopicPartition(topic, partition)) < offsets[partition]) {
        return false;
      }
    }
    return true;
  }

  /** Whether everything that made the output complete lies before these offsets. */
  boolean hadAll(long[] offsets) {
    for (int partition = 0; partition < offsets.length; partition++) {
      if (offsets[partition] < needed[partition]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
