package dev.weir.job.stored;

import java.util.List;
import java.util.stream.LongStream;

/**
 * A checkpoint that lies in a storage. Immutable.
 *
 * @param manifest the name of its manifest, by which it is asked for
 * @param checkpointId the checkpoint
 * @param attempt the attempt that took it
 * @param standing what is known of it
 * @param job the job that it was taken of; empty if damaged
 * @param maxParallelism number of key groups; 0 if damaged
 * @param stages those that have state, by name; none if damaged
 * @param base files of RocksDB that all stages share; may be none
 */
public record StoredCheckpoint(
    String manifest,
    long checkpointId,
    long attempt,
    Standing standing,
    String job,
    int maxParallelism,
    List<StoredStage> stages,
    List<StoredFile> base) {
  /** Makes the lists unmodifiable. */
  public StoredCheckpoint {
    stages = List.copyOf(stages);
    base = List.copyOf(base);
  }

  /**
   * @return length of all its files, of which other checkpoints may share some
   */
  public long bytes() {
    LongStream own =
        stages.stream()
            .flatMap(stage -> stage.files().stream())
            .distinct()
            .mapToLong(StoredFile::bytes);
    return LongStream.concat(own, base.stream().mapToLong(StoredFile::bytes)).sum();
  }
}
