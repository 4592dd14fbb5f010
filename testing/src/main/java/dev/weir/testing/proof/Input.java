package dev.weir.testing.proof;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A record that a run's input has. Immutable.
 *
 * @param to where it is written
 * @param key its key; may be null
 * @param value its value
 * @param timestamp its event time, epoch milliseconds
 * @param how how it is written
 */
public record Input(TopicPartition to, String key, String value, long timestamp, How how) {
  /** How a record is written. */
  public enum How {
    /** By itself; takes one offset. */
    PLAIN,
    /** In a transaction that is committed; takes two offsets. */
    COMMITTED,
    /** In a transaction that is aborted, so that nobody sees it; takes two offsets. */
    ABORTED
  }

  /**
   * A record that is written by itself.
   *
   * @param topic where to
   * @param partition where to
   * @param key its key; may be null
   * @param value its value
   * @param timestamp its event time, epoch milliseconds
   * @return the record
   */
  public static Input plain(String topic, int partition, String key, String value, long timestamp) {
    return new Input(new TopicPartition(topic, partition), key, value, timestamp, How.PLAIN);
  }

  /**
   * @return whether anybody sees it
   */
  public boolean isVisible() {
    return how != How.ABORTED;
  }

  /** Where each partition ends when all is written. */
  static Map<TopicPartition, Long> stops(List<Input> input, Map<String, Integer> topics) {
    Map<TopicPartition, Long> stops = new HashMap<>();
    topics.forEach(
        (topic, partitions) -> {
          for (int partition = 0; partition < partitions; partition++) {
            stops.put(new TopicPartition(topic, partition), 0L);
          }
        });
    input.forEach(
        record -> stops.merge(record.to(), record.how() == How.PLAIN ? 1L : 2L, Long::sum));
    return stops;
  }
}
