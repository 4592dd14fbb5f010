package dev.weir.job;

import dev.weir.error.InvalidConfigException;
import dev.weir.job.RestartSettings.Amount;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The settings of a job as text: their keys, and how their values are read. */
public enum ConfigKey {
  /** Tasks per stage. */
  PARALLELISM("parallelism", (b, v) -> b.parallelism(Integer.parseInt(v))),
  /** Number of key groups. */
  MAX_PARALLELISM("max.parallelism", (b, v) -> b.maxParallelism(Integer.parseInt(v))),
  /** Milliseconds from one checkpoint's start to the next; 0: no periodic checkpoints. */
  CHECKPOINT_INTERVAL("checkpoint.interval.ms", (b, v) -> b.checkpointInterval(millis(v))),
  /** Milliseconds after which a checkpoint fails the attempt. */
  CHECKPOINT_TIMEOUT("checkpoint.timeout.ms", (b, v) -> b.checkpointTimeout(millis(v))),
  /** The least milliseconds from one checkpoint's end to the start of the next. */
  CHECKPOINT_MIN_PAUSE("checkpoint.min.pause.ms", (b, v) -> b.checkpointMinPause(millis(v))),
  /** {@code exactly-once} or {@code at-least-once}. */
  CHECKPOINT_MODE(
      "checkpoint.mode", (b, v) -> b.checkpointMode(CheckpointingMode.valueOf(constant(v)))),
  /** {@code retain-on-cancellation} or {@code delete-on-cancellation}. */
  CHECKPOINT_RETENTION(
      "checkpoint.retention",
      (b, v) -> b.checkpointRetention(CheckpointRetention.valueOf(constant(v)))),
  /** How often the write of a checkpoint's file is tried again. */
  CHECKPOINT_WRITE_RETRIES(
      "checkpoint.write.retries", (b, v) -> b.checkpointWriteRetries(Integer.parseInt(v))),
  /** {@code none} or {@code zlib}. */
  CHECKPOINT_COMPRESSION(
      "checkpoint.compression",
      (b, v) -> b.checkpointCompression(SnapshotCompression.valueOf(constant(v)))),
  /** Where checkpoints go: a {@code file:}, {@code memory:} or other URI. */
  CHECKPOINT_STORAGE("checkpoint.storage", (b, v) -> b.checkpointStorage(URI.create(v))),
  /** How many completed checkpoints are kept. */
  CHECKPOINT_RETAINED("checkpoint.retained", (b, v) -> b.retainedCheckpoints(Integer.parseInt(v))),
  /** {@code heap} or {@code rocksdb}. */
  STATE_BACKEND("state.backend", (b, v) -> b.stateBackend(backend(v))),
  /** Folder for working files. */
  STATE_LOCAL_DIRECTORY("state.local.directory", (b, v) -> b.localDirectory(Path.of(v))),
  /** A savepoint to begin from where the ledger names no checkpoint. */
  RESTORE_FROM("restore.from", (b, v) -> b.restoreFrom(URI.create(v))),
  /** Stages whose state may be left behind, with commas between them. */
  RESTORE_ALLOW_DROPPED("restore.allow.dropped", (b, v) -> b.allowDropped(v.split(",", -1))),
  /** Bytes outside the heap for state in RocksDB. */
  STATE_MEMORY("state.memory.bytes", (b, v) -> b.stateMemory(Long.parseLong(v))),
  /** {@code true} to find user code that changes values of state without setting them. */
  STATE_CHECK_VALUES("state.check.values", (b, v) -> b.checkStateValues(Boolean.parseBoolean(v))),
  /** {@code none}, {@code fixed-delay}, {@code exponential-delay} or {@code failure-rate}. */
  RESTART_STRATEGY(
      "restart.strategy",
      (b, v) -> b.restartText().kind(RestartSettings.Kind.valueOf(constant(v)))),
  /** Milliseconds before a restart, with an exponential delay before the first; default 1000. */
  RESTART_DELAY(
      Amount.DELAY.key(), (b, v) -> b.restartText().number(Amount.DELAY, Long.parseLong(v))),
  /** Restarts in all with a fixed delay, failures within the interval with a failure rate. */
  RESTART_MAX(Amount.MAX.key(), (b, v) -> b.restartText().number(Amount.MAX, Long.parseLong(v))),
  /** Milliseconds in which a failure rate counts failures. */
  RESTART_INTERVAL(
      Amount.INTERVAL.key(), (b, v) -> b.restartText().number(Amount.INTERVAL, Long.parseLong(v))),
  /** The longest exponential delay, milliseconds; default 30000. */
  RESTART_MAX_DELAY(
      Amount.MAX_DELAY.key(),
      (b, v) -> b.restartText().number(Amount.MAX_DELAY, Long.parseLong(v))),
  /**
   * Milliseconds without failure after which an exponential delay is the first one again; default
   * ten times the longest.
   */
  RESTART_RESET_AFTER(
      Amount.RESET_AFTER.key(),
      (b, v) -> b.restartText().number(Amount.RESET_AFTER, Long.parseLong(v))),
  /** Milliseconds of silence after which a standby takes over; 0: none stands by. */
  STANDBY_DETECTION("standby.detection.ms", (b, v) -> b.standbyDetection(millis(v))),
  /** Milliseconds in one call after which a task is told to be stuck; 0: never. */
  STUCK_AFTER("stuck.after.ms", (b, v) -> b.stuckAfter(millis(v))),
  /** {@code true} to trust the ledger although the folder holds newer checkpoints. */
  START_FRESH("start.fresh", (b, v) -> b.startFresh(Boolean.parseBoolean(v)));

  private final String key;
  private final BiConsumer<JobConfig.Builder, String> setter;

  ConfigKey(String key, BiConsumer<JobConfig.Builder, String> setter) {
    this.key = key;
    this.setter = setter;
  }

  /**
   * @return the key as written in properties
   */
  public String key() {
    return key;
  }

  static ConfigKey of(String key) {
    return Arrays.stream(values())
        .filter(known -> known.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidConfigException(
                    "Unknown setting '" + key + "'. Known ones: " + knownKeys() + "."));
  }

  void apply(JobConfig.Builder builder, String value) {
    try {
      setter.accept(builder, value.trim());
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException(
          "Setting " + key + " cannot be read from '" + value + "': " + e.getMessage() + ".", e);
    }
  }

  private static String knownKeys() {
    return Arrays.stream(values()).map(ConfigKey::key).collect(Collectors.joining(", "));
  }

  private static Duration millis(String value) {
    return Duration.ofMillis(Long.parseLong(value));
  }

  private static StateBackend backend(String value) {
    return StateBackend.valueOf(constant(value));
  }

  private static String constant(String value) {
    return value.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
