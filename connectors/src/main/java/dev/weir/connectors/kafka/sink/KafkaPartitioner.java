package dev.weir.connectors.kafka.sink;

/**
 * Chooses the partition of a record. Called on task and I/O threads, several at a time.
 *
 * @param <T> type of the values
 */
@FunctionalInterface
public interface KafkaPartitioner<T> {
  /**
   * @param value the value
   * @param key its serialized key, or null
   * @param partitions how many partitions the topic has now
   * @return the partition, 0 to {@code partitions - 1}
   */
  int partition(T value, byte[] key, int partitions);
}
