package dev.weir.testing.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A record at its offset. Immutable.
 *
 * @param offset where it is in its partition
 * @param record what is there
 */
record PlacedInput(long offset, Input record) {
  /** All of them, in the order in which they are written. */
  static List<PlacedInput> of(List<Input> input) {
    List<PlacedInput> placed = new ArrayList<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (Input record : input) {
      long next = record.how() == Input.How.PLAIN ? 1 : 2;
      placed.add(new PlacedInput(ends.merge(record.to(), next, Long::sum) - next, record));
    }
    return placed;
  }

  /** Whether it lies before these positions. */
  boolean isBefore(Map<TopicPartition, Long> positions) {
    return offset < positions.getOrDefault(record.to(), 0L);
  }
}
