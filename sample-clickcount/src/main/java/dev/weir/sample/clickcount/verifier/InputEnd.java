package dev.weir.sample.clickcount.verifier;

import dev.weir.error.WeirException;
import dev.weir.sample.clickcount.Clicks;
import dev.weir.sample.clickcount.InputPlan;
import dev.weir.sample.clickcount.kafka.KafkaCluster;
import dev.weir.sample.clickcount.kafka.PlanHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Learns from the input alone what went in: its last records tell which windows, its offsets how
 * many clicks. Blocks; any thread.
 */
public final class InputEnd {
  private static final Duration READ_WITHIN = Duration.ofSeconds(10);

  private InputEnd() {}

  /**
   * Reads the plan that the generator has left at the end of the input.
   *
   * @param cluster where the topic is
   * @param bootstrapServers the same, for a consumer
   * @param topic the input
   * @return the plan; empty if the generator has not ended yet
   * @throws WeirException if the topic is missing or holds more or less than the plan says
   */
  public static Optional<InputPlan> find(
      KafkaCluster cluster, String bootstrapServers, String topic) {
    List<TopicPartition> partitions = cluster.requirePartitions(topic);
    Map<TopicPartition, Long> begins = cluster.beginnings(partitions);
    Map<TopicPartition, Long> ends = cluster.ends(partitions);
    Optional<InputPlan> plan = Optional.empty();
    try (Consumer<byte[], byte[]> consumer = consumer(bootstrapServers)) {
      for (TopicPartition partition : partitions) {
        plan =
            ends.get(partition) > begins.get(partition)
                ? planAt(consumer, partition, ends.get(partition) - 1)
                : Optional.empty();
        if (plan.isEmpty()) {
          return plan;
        }
      }
    }
    long records =
        partitions.stream()
            .mapToLong(partition -> ends.get(partition) - begins.get(partition))
            .sum();
    plan.ifPresent(found -> checkRecords(topic, found, records - partitions.size()));
    return plan;
  }

  private static Optional<InputPlan> planAt(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(READ_WITHIN)) {
      return PlanHeaders.read(record.headers());
    }
    throw new WeirException(
        "Could not read record "
            + offset
            + " of "
            + partition
            + " within "
            + READ_WITHIN.toSeconds()
            + " s. Check that the broker which leads this partition runs.");
  }

  private static void checkRecords(String topic, InputPlan plan, long clicks) {
    long expected = plan.windows() * Clicks.PER_WINDOW;
    if (clicks != expected) {
      throw new WeirException(
          "Topic '"
              + topic
              + "' should hold "
              + expected
              + " clicks for "
              + plan.windows()
              + " windows, but holds "
              + clicks
              + ": something else has written or removed records. Start over with an empty topic.");
    }
  }

  private static Consumer<byte[], byte[]> consumer(String bootstrapServers) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
