package dev.weir.internal.snapshot;

import java.util.List;
import java.util.Map;

/**
 * Everything that a checkpoint consists of.
 *
 * @param job the job's name
 * @param checkpointId the checkpoint
 * @param attempt the attempt that took it
 * @param maxParallelism number of key groups, the same for ever
 * @param stages stage name to its parts; only stages that have state
 */
public record CheckpointManifest(
    String job,
    long checkpointId,
    long attempt,
    int maxParallelism,
    Map<String, List<StagePart>> stages) {
  /** Makes the map unmodifiable. */
  public CheckpointManifest {
    stages = Map.copyOf(stages);
  }
}
