package dev.weir.connector;

import java.time.Duration;
import java.util.Optional;

/**
 * How long output may have to be held open before its checkpoint is completed.
 *
 * @param checkpointInterval time from one checkpoint to the next; empty: there are no periodic
 *     ones, and output is held open until the job stops
 * @param checkpointTimeout after this long a checkpoint fails the attempt
 */
public record LedgerTiming(Optional<Duration> checkpointInterval, Duration checkpointTimeout) {}
