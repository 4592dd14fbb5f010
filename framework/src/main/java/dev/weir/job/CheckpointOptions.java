package dev.weir.job;

import dev.weir.error.InvalidConfigException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When checkpoints are taken and how long they stay. Immutable. Names and meanings are Flink's.
 *
 * <p>Checkpoint 0 is taken before the first record, and one more when the job stops, whatever the
 * interval. Without periodic ones a failure sets the job back to its start, and output of
 * exactly-once sinks becomes visible only when the job stops: the job warns of that at each start.
 *
 * @param interval time from one checkpoint's start to the next; at least 1 ms; empty: no periodic
 *     checkpoints; default 10 s. Nothing is written while nothing has happened: an idle job takes
 *     one each hour
 * @param mode what state and output hold after a failure; default exactly once
 * @param timeout a checkpoint that takes longer fails the attempt; at least 1 ms; default 60 s
 * @param minPause the least time from one checkpoint's end to the start of the next; default none
 * @param retained how many completed checkpoints are kept; at least 1; default 2
 * @param retention what becomes of them when the job is cancelled; default: they stay
 * @param writeRetries how often the write of one file is tried again, at once, before the attempt
 *     fails; 0 to 100; default 2
 * @param compression how the files of a checkpoint are packed; may change at any start; default not
 *     at all
 */
public record CheckpointOptions(
    Optional<Duration> interval,
    CheckpointingMode mode,
    Duration timeout,
    Duration minPause,
    int retained,
    CheckpointRetention retention,
    int writeRetries,
    SnapshotCompression compression) {
  private static final int MOST_RETRIES = 100;

  static final CheckpointOptions DEFAULTS =
      new CheckpointOptions(
          Optional.of(Duration.ofSeconds(10)),
          CheckpointingMode.EXACTLY_ONCE,
          Duration.ofSeconds(60),
          Duration.ZERO,
          2,
          CheckpointRetention.RETAIN_ON_CANCELLATION,
          2,
          SnapshotCompression.NONE);

  /**
   * Checks the bounds.
   *
   * @throws InvalidConfigException if one is broken; the message names the setting
   */
  public CheckpointOptions {
    interval.ifPresent(
        each ->
            JobConfig.require(
                each.toMillis() >= 1, ConfigKey.CHECKPOINT_INTERVAL, "at least 1 ms", each));
    Objects.requireNonNull(mode, "mode");
    JobConfig.require(
        timeout.toMillis() >= 1, ConfigKey.CHECKPOINT_TIMEOUT, "at least 1 ms", timeout);
    JobConfig.require(
        !minPause.isNegative(), ConfigKey.CHECKPOINT_MIN_PAUSE, "0 or more", minPause);
    JobConfig.require(retained >= 1, ConfigKey.CHECKPOINT_RETAINED, "at least 1", retained);
    Objects.requireNonNull(retention, "retention");
    JobConfig.require(
        writeRetries >= 0 && writeRetries <= MOST_RETRIES,
        ConfigKey.CHECKPOINT_WRITE_RETRIES,
        "0 to " + MOST_RETRIES,
        writeRetries);
    Objects.requireNonNull(compression, "compression");
  }

  /**
   * @param each the interval
   * @return the longest time from one checkpoint's start to the next: a pause may begin late
   */
  public Duration longestGap(Duration each) {
    Duration paused = minPause.isZero() ? each : timeout.plus(minPause);
    return paused.compareTo(each) > 0 ? paused : each;
  }

  CheckpointOptions withInterval(Duration given) {
    Optional<Duration> chosen = given.isZero() ? Optional.empty() : Optional.of(given);
    return new CheckpointOptions(
        chosen, mode, timeout, minPause, retained, retention, writeRetries, compression);
  }

  CheckpointOptions withMode(CheckpointingMode given) {
    return new CheckpointOptions(
        interval, given, timeout, minPause, retained, retention, writeRetries, compression);
  }

  CheckpointOptions withTimeout(Duration given) {
    return new CheckpointOptions(
        interval, mode, given, minPause, retained, retention, writeRetries, compression);
  }

  CheckpointOptions withMinPause(Duration given) {
    return new CheckpointOptions(
        interval, mode, timeout, given, retained, retention, writeRetries, compression);
  }

  CheckpointOptions withRetained(int given) {
    return new CheckpointOptions(
        interval, mode, timeout, minPause, given, retention, writeRetries, compression);
  }

  CheckpointOptions withRetention(CheckpointRetention given) {
    return new CheckpointOptions(
        interval, mode, timeout, minPause, retained, given, writeRetries, compression);
  }

  CheckpointOptions withWriteRetries(int given) {
    return new CheckpointOptions(
        interval, mode, timeout, minPause, retained, retention, given, compression);
  }

  CheckpointOptions withCompression(SnapshotCompression given) {
    return new CheckpointOptions(
        interval, mode, timeout, minPause, retained, retention, writeRetries, given);
  }
}
