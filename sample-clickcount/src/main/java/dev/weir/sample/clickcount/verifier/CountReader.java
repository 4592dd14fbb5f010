package dev.weir.sample.clickcount.verifier;

import dev.weir.error.WeirException;
import dev.weir.sample.clickcount.PageCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads counts as any reader of the output should: from the beginning, committed ones only.
 * Confined to one thread.
 */
public final class CountReader implements AutoCloseable {
  private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(PageCount.class);

  private final Consumer<byte[], byte[]> consumer;
  private final Collection<TopicPartition> partitions;

  /**
   * @param bootstrapServers where Kafka is
   * @param partitions the partitions of the output, all of them
   */
  public CountReader(String bootstrapServers, Collection<TopicPartition> partitions) {
    this.partitions = List.copyOf(partitions);
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(this.partitions);
    consumer.seekToBeginning(this.partitions);
  }

  /**
   * Waits for new counts.
   *
   * @param timeout how long, if there are none
   * @return the next counts; empty when the time is over
   * @throws WeirException if a record is no count
   */
  public List<CountRecord> poll(Duration timeout) {
    List<CountRecord> counts = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      counts.add(new CountRecord(partition, record.offset(), count(record)));
    }
    return counts;
  }

  /**
   * @return true if everything that is committed by now has been read
   */
  public boolean hasReadAll() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    return partitions.stream()
        .allMatch(partition -> consumer.position(partition) >= ends.get(partition));
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static PageCount count(ConsumerRecord<byte[], byte[]> record) {
    try {
      return JSON.readValue(record.value());
    } catch (JacksonException | IllegalArgumentException e) {
      throw new WeirException(
          "Record "
              + record.offset()
              + " of "
              + record.topic()
              + "-"
              + record.partition()
              + " is no count: "
              + e.getMessage()
              + ". Is this the job's output?",
          e);
    }
  }

  /**
   * A count and where it stands.
   *
   * @param partition its partition
   * @param offset its offset
   * @param count the count
   */
  public record CountRecord(TopicPartition partition, long offset, PageCount count) {}
}
