package dev.weir.job;

import dev.weir.error.InvalidConfigException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where keyed state lives while a job runs. Immutable. A savepoint goes on under any of these.
 *
 * @param backend default heap
 * @param localDirectory for RocksDB's working files; what is left there is used by the next start
 *     if it fits the checkpoint, so that little must be read; a standby keeps checkpoint files
 *     there; default: a new temporary folder, and no standby keeps anything
 * @param memory bytes that state in RocksDB may take outside the heap, all tasks together; at least
 *     16 MiB; default: half of what the largest heap leaves of the machine's memory, or of the
 *     container's limit. Beyond it there are some tens of MiB for files being written. Changes that
 *     wait on the heap for a checkpoint take as much again, but no more than a quarter of the heap:
 *     when they fill half of that, a checkpoint is taken before its time
 * @param checkValues fail if user code changes a value that it got from state or handed to it, and
 *     does not set it again; for tests, since every value is written out several times; default
 *     false
 */
public record StateOptions(
    StateBackend backend, Optional<Path> localDirectory, OptionalLong memory, boolean checkValues) {
  /** The least bytes for state in RocksDB. */
  public static final long LEAST_MEMORY = 16L << 20;

  static final StateOptions DEFAULTS =
      new StateOptions(StateBackend.HEAP, Optional.empty(), OptionalLong.empty(), false);

  /**
   * Checks the bounds.
   *
   * @throws InvalidConfigException if one is broken; the message names the setting
   */
  public StateOptions {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(localDirectory, "localDirectory");
    memory.ifPresent(
        bytes ->
            JobConfig.require(
                bytes >= LEAST_MEMORY, ConfigKey.STATE_MEMORY, "at least " + LEAST_MEMORY, bytes));
  }

  StateOptions withBackend(StateBackend given) {
    return new StateOptions(given, localDirectory, memory, checkValues);
  }

  StateOptions withLocalDirectory(Path given) {
    return new StateOptions(backend, Optional.of(given), memory, checkValues);
  }

  StateOptions withMemory(long bytes) {
    return new StateOptions(backend, localDirectory, OptionalLong.of(bytes), checkValues);
  }

  StateOptions withCheckValues(boolean given) {
    return new StateOptions(backend, localDirectory, memory, given);
  }
}
