package dev.weir.testing.broker;

import dev.weir.error.WeirException;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a topic from its beginning to where it ends at the time of the call. Partitions come mixed,
 * each in its own order. Needs no consumer group. Each call uses a client of its own: thread-safe.
 *
 * @param <T> keys and values
 */
public final class TopicReader<T> {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STANDSTILL = Duration.ofSeconds(60);

  private final String bootstrapServers;
  private final Deserializer<T> deserializer;

  private TopicReader(String bootstrapServers, Deserializer<T> deserializer) {
    this.bootstrapServers = bootstrapServers;
    this.deserializer = deserializer;
  }

  /**
   * @param bootstrapServers address of the broker
   * @return a reader of UTF-8 text
   */
  public static TopicReader<String> text(String bootstrapServers) {
    return new TopicReader<>(bootstrapServers, new StringDeserializer());
  }

  /**
   * @param bootstrapServers address of the broker
   * @return a reader of bytes
   */
  public static TopicReader<byte[]> bytes(String bootstrapServers) {
    return new TopicReader<>(bootstrapServers, new ByteArrayDeserializer());
  }

  /**
   * Hands over all records of the topic up to its end, or, for committed reading, up to its last
   * stable offset.
   *
   * @param topic what to read
   * @param isolation whether records of open and aborted transactions count
   * @param each gets the records, on the calling thread
   * @throws WeirException when nothing moves for a minute before the end is reached
   */
  public void read(String topic, IsolationLevel isolation, Consumer<ConsumerRecord<T, T>> each) {
    try (KafkaConsumer<T, T> consumer = consumer(isolation)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      readTo(ends, consumer, each);
    }
  }

  private void readTo(
      Map<TopicPartition, Long> ends,
      KafkaConsumer<T, T> consumer,
      Consumer<ConsumerRecord<T, T>> each) {
    List<TopicPartition> left = new ArrayList<>(ends.keySet());
    long moved = Clock.system().nanos();
    while (!left.isEmpty()) {
      ConsumerRecords<T, T> records = consumer.poll(POLL);
      for (ConsumerRecord<T, T> record : records) {
        if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
          each.accept(record);
        }
      }
      boolean done =
          left.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
      if (done || !records.isEmpty()) {
        moved = Clock.system().nanos();
      } else if (Clock.system().nanos() - moved > STANDSTILL.toNanos()) {
        throw new WeirException(
            String.format(
                "Tried to read %s at %s to %s, nothing came for %d s; does the broker live?",
                left, bootstrapServers, ends, STANDSTILL.toSeconds()));
      }
    }
  }

  private KafkaConsumer<T, T> consumer(IsolationLevel isolation) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            isolation.toString().toLowerCase(Locale.ROOT),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            "false",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            "5000",
            ConsumerConfig.RETRY_BACKOFF_MS_CONFIG,
            "20");
    return new KafkaConsumer<>(config, deserializer, deserializer);
  }
}
