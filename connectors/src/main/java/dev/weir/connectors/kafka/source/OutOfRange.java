package dev.weir.connectors.kafka.source;

import dev.weir.error.UnrecoverableConnectorException;
import org.apache.kafka.common.TopicPartition;

/** The error of an offset that the broker no longer has. Pure. */
final class OutOfRange {
  private OutOfRange() {}

  /** Names the partition, the wanted offset and the available range. */
  static UnrecoverableConnectorException error(
      TopicPartition partition, long wanted, long earliest, long end) {
    return new UnrecoverableConnectorException(
        "Tried to read "
            + partition
            + " from offset "
            + wanted
            + ", but the broker has offsets "
            + earliest
            + " to "
            + end
            + " only. "
            + (wanted < earliest
                ? "Retention or a deletion of records removed "
                    + (earliest - wanted)
                    + " records before they were read."
                : "The log was cut, or the topic was created anew.")
            + " Nothing is skipped by itself: restore the records, or give the source a new name and a"
            + " start of its own.");
  }
}
