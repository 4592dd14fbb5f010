package dev.weir.benchmarks.run;

import dev.weir.benchmarks.check.OutputCheck;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed output from its beginning. Confined to one thread. */
final class OutputReader implements AutoCloseable {
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

  /** Checks everything before these offsets. */
  void readTo(long[] offsets, OutputCheck check) {
    while (!isAt(offsets)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
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
