package dev.weir.internal.job;

import dev.weir.connector.LedgerEntry;
import dev.weir.error.RestoreException;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.job.JobConfig;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a pipeline can go on from a checkpoint. Pure. */
final class RestoreCheck {
  private RestoreCheck() {}

  /**
   * Compares the ledger with the folder. Ids have no gaps and one checkpoint is under way at a
   * time, so the folder can be ahead of an intact ledger by one.
   *
   * @param last what the ledger says
   * @param newest the newest checkpoint in the folder
   * @throws RestoreException if the ledger lacks what it once held
   */
  static void checkLedger(
      Optional<LedgerEntry> last, OptionalLong newest, String job, String folder) {
    long lastId = last.map(LedgerEntry::checkpointId).orElse(-1L);
    if (newest.orElse(-1) > lastId + 1) {
      throw new RestoreException(
          "The ledger of job '"
              + job
              + "' names "
              + (last.isEmpty() ? "no checkpoint" : "checkpoint " + lastId + " as the newest")
              + ", but "
              + folder
              + " holds checkpoint "
              + newest.getAsLong()
              + ": the ledger was lost, cut short, or belongs to another cluster. Bring it back, or"
              + " go on from what it names, knowingly, with start.fresh=true.");
    }
  }

  /** Throws {@link RestoreException} that names what does not fit. */
  static void check(CheckpointManifest manifest, LogicalGraph graph, JobConfig config) {
    if (manifest.maxParallelism() != config.maxParallelism()) {
      throw new RestoreException(
          "Checkpoint "
              + manifest.checkpointId()
              + " of job '"
              + graph.name()
              + "' has "
              + manifest.maxParallelism()
              + " key groups, the configuration says "
              + config.maxParallelism()
              + ". Their number is fixed for ever: set max.parallelism="
              + manifest.maxParallelism()
              + ".");
    }
    Set<String> dropped = dropped(manifest, graph, config);
    if (!dropped.isEmpty()) {
      throw new RestoreException(
          "Checkpoint "
              + manifest.checkpointId()
              + " of job '"
              + graph.name()
              + "' holds state of stages that the pipeline does not have: "
              + dropped
              + ". Give the stages their old names again, or drop their state knowingly with"
              + " restore.allow.dropped="
              + String.join(",", dropped)
              + "; it is never dropped silently.");
    }
  }

  /** Stages whose state would be lost though nobody has allowed it. */
  static SortedSet<String> dropped(
      CheckpointManifest manifest, LogicalGraph graph, JobConfig config) {
    SortedSet<String> dropped = new TreeSet<>(manifest.stages().keySet());
    dropped.removeAll(config.allowDropped());
    dropped.removeAll(graph.stages().stream().map(Stage::name).collect(Collectors.toSet()));
    return dropped;
  }
}
