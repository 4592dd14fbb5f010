package dev.weir.connectors.kafka.source;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a bounded source ends. Resolved once, together with the start, and kept in checkpoints.
 * Immutable.
 */
public sealed interface StopOffsets {
  /**
   * @return what is committed when the job starts for the first time
   */
  static StopOffsets currentEnd() {
    return new CurrentEnd();
  }

  /**
   * @param offsets for every partition of every topic, the offset of the first record not to read
   * @return these offsets
   */
  static StopOffsets offsets(Map<TopicPartition, Long> offsets) {
    return new AtOffsets(Map.copyOf(offsets));
  }

  /** The end of what is committed at the first start. */
  record CurrentEnd() implements StopOffsets {}

  /**
   * Given offsets.
   *
   * @param offsets first offset not to read, by partition
   */
  record AtOffsets(Map<TopicPartition, Long> offsets) implements StopOffsets {}
}
