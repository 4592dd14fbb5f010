package dev.weir.connector;

import java.time.Duration;

/**
 * How long output may have to be held open before its checkpoint is completed.
 *
 * @param checkpointInterval time from one checkpoint to the next
 * @param checkpointTimeout after this long a checkpoint fails the attempt
 */
public record LedgerTiming(Duration checkpointInterval, Duration checkpointTimeout) {}
