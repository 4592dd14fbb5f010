package dev.weir.connectors.kafka.source;

import java.util.OptionalLong;

/**
 * What the broker says about a partition's offsets. Immutable.
 *
 * @param earliest the first offset that still exists
 * @param committedEnd the end for readers of committed records: before it everything is decided
 * @param end the next offset to be written
 * @param atTimestamp the first offset that is not older than the time asked for, if there is one
 */
record OffsetBounds(long earliest, long committedEnd, long end, OptionalLong atTimestamp) {}
