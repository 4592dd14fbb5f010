package dev.weir.connectors.kafka.source;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a source begins when its job has no checkpoint yet. Resolved once to concrete offsets,
 * which go into the first checkpoint. Partitions that come later begin at their first record.
 * Immutable.
 */
public sealed interface StartOffsets {
  /**
   * @return the first record that each partition still has
   */
  static StartOffsets earliest() {
    return new Earliest();
  }

  /**
   * @return what is committed after the job's first start
   */
  static StartOffsets latest() {
    return new Latest();
  }

  /**
   * @param instant the time
   * @return in each partition the first record with this timestamp or a later one; the end if there
   *     is none
   */
  static StartOffsets timestamp(Instant instant) {
    return new AtTimestamp(instant);
  }

  /**
   * @param offsets the next offset to read of every partition of every topic
   * @return these offsets
   */
  static StartOffsets offsets(Map<TopicPartition, Long> offsets) {
    return new AtOffsets(Map.copyOf(offsets));
  }

  /** The first record there is. */
  record Earliest() implements StartOffsets {}

  /** The end of what is committed. */
  record Latest() implements StartOffsets {}

  /**
   * The first record that is not older.
   *
   * @param instant the time
   */
  record AtTimestamp(Instant instant) implements StartOffsets {
    /** Checks that the time is there. */
    public AtTimestamp {
      Objects.requireNonNull(instant, "instant");
    }
  }

  /**
   * Given offsets.
   *
   * @param offsets next offset to read by partition
   */
  record AtOffsets(Map<TopicPartition, Long> offsets) implements StartOffsets {}
}
