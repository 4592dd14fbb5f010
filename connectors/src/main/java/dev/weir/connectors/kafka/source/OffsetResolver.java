package dev.weir.connectors.kafka.source;

import dev.weir.error.InvalidConfigException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** Decides the concrete start and stop offset of each partition. Pure. */
final class OffsetResolver {
  private OffsetResolver() {}

  /**
   * The offset to begin at.
   *
   * @param bounds what the broker answered for the partition
   */
  static long start(StartOffsets start, TopicPartition partition, OffsetBounds bounds) {
    if (start instanceof StartOffsets.Earliest) {
      return bounds.earliest();
    }
    if (start instanceof StartOffsets.Latest) {
      return bounds.committedEnd();
    }
    if (start instanceof StartOffsets.AtTimestamp) {
      return bounds.atTimestamp().orElse(bounds.committedEnd());
    }
    Map<TopicPartition, Long> offsets = ((StartOffsets.AtOffsets) start).offsets();
    return given(offsets.get(partition), partition, bounds, "start");
  }

  /** The first offset not to read. */
  static long stop(StopOffsets stop, TopicPartition partition, OffsetBounds bounds) {
    if (stop instanceof StopOffsets.CurrentEnd) {
      return bounds.committedEnd();
    }
    Long offset = ((StopOffsets.AtOffsets) stop).offsets().get(partition);
    if (offset == null) {
      throw missing(partition, "stop");
    }
    return offset;
  }

  /**
   * The first offset not to read of a split that is restored: what is configured now, where that is
   * an offset or no end. What the current end was is kept once it is known.
   *
   * @param currentEnds of the partitions that had no end
   */
  static long stopOfRestored(
      Optional<StopOffsets> stop, KafkaSplit split, Map<TopicPartition, OffsetBounds> currentEnds) {
    boolean isKept =
        stop.filter(StopOffsets.CurrentEnd.class::isInstance).isPresent()
            && split.stopOffset() != KafkaSplit.UNBOUNDED;
    return isKept
        ? split.stopOffset()
        : stop.map(at -> stop(at, split.partition(), currentEnds.get(split.partition())))
            .orElse(KafkaSplit.UNBOUNDED);
  }

  /** Refuses given offsets of partitions that do not exist. */
  static void checkNames(
      Map<TopicPartition, Long> offsets, Set<TopicPartition> existing, String what) {
    SortedSet<String> unknown = new TreeSet<>();
    offsets.keySet().stream()
        .filter(partition -> !existing.contains(partition))
        .forEach(partition -> unknown.add(partition.toString()));
    if (!unknown.isEmpty()) {
      throw new InvalidConfigException(
          "The given "
              + what
              + " offsets name partitions that the source does not have: "
              + unknown
              + ". It has "
              + new TreeSet<>(existing.stream().map(TopicPartition::toString).toList())
              + ". Remove or correct them.");
    }
  }

  private static long given(
      Long offset, TopicPartition partition, OffsetBounds bounds, String what) {
    if (offset == null) {
      throw missing(partition, what);
    }
    if (offset < bounds.earliest() || offset > bounds.end()) {
      throw new InvalidConfigException(
          "The given "
              + what
              + " offset of "
              + partition
              + " is "
              + offset
              + ", but the partition has offsets "
              + bounds.earliest()
              + " to "
              + bounds.end()
              + ". Give one of these.");
    }
    return offset;
  }

  private static InvalidConfigException missing(TopicPartition partition, String what) {
    return new InvalidConfigException(
        "The given "
            + what
            + " offsets do not name "
            + partition
            + ". Give one for every partition of every topic of the source.");
  }
}
