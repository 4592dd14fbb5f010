package dev.weir.internal.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that a checkpoint consists of.
 *
 * @param job the job's name
 * @param checkpointId the checkpoint
 * @param attempt the attempt that took it
 * @param maxParallelism number of key groups, the same for ever
 * @param lineage the attempts that led to it, the last one being this
 * @param stages stage name to its parts; only stages that have state
 * @param base what lies below the parts' files
 */
public record CheckpointManifest(
    String job,
    long checkpointId,
    long attempt,
    int maxParallelism,
    Lineage lineage,
    Map<String, List<StagePart>> stages,
    Optional<SharedBase> base) {
  /** Makes the map unmodifiable. */
  public CheckpointManifest {
    stages = Map.copyOf(stages);
  }

  /** The same under other names of stages, from the names that it has to those. */
  public CheckpointManifest renamed(Map<String, String> names) {
    Map<String, List<StagePart>> renamed = new TreeMap<>();
    stages.forEach((stage, parts) -> renamed.put(names.getOrDefault(stage, stage), parts));
    return new CheckpointManifest(
        job, checkpointId, attempt, maxParallelism, lineage, renamed, base);
  }

  /** Every file that it names, some of them more than once. */
  public Stream<FileRef> files() {
    return Stream.concat(
        stages.values().stream().flatMap(List::stream).flatMap(part -> part.files().stream()),
        base.stream().flatMap(shared -> shared.files().stream()).map(SharedBase.NamedFile::file));
  }
}
