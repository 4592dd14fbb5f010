package dev.weir.connectors.kafka.source;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a bounded source ends. Immutable.
 *
 * <p>Whoever starts the job again with another end, or with none, reads on to that one: what is
 * configured holds, not what a checkpoint says. An end before what is read already is the end. Once
 * a source has come to its end, so has event time: windows have fired, and of what it reads on
 * after that every record of a window is late (as after {@link dev.weir.job.StopMode#DRAIN}).
 */
public sealed interface StopOffsets {
  /**
   * What is committed when the job first starts with this setting; kept in checkpoints, so that
   * each restart ends there.
   *
   * @return that end
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

  /** The end of what is committed at the first start with it. */
  record CurrentEnd() implements StopOffsets {}

  /**
   * Given offsets.
   *
   * @param offsets first offset not to read, by partition
   */
  record AtOffsets(Map<TopicPartition, Long> offsets) implements StopOffsets {}
}
