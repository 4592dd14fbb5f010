package dev.weir.internal.job;

import dev.weir.connector.LedgerEntry;
import dev.weir.error.RestoreException;
import dev.weir.internal.plan.NearMiss;
import dev.weir.internal.plan.Planner;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.job.JobConfig;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a pipeline can go on from a checkpoint, by their stages' names. Pure. */
public final class RestoreCheck {
  private final CheckpointManifest manifest;
  private final LogicalGraph graph;
  private final Map<String, String> renamed = new TreeMap<>();

  /** Finds what is renamed: an earlier name counts where there is no state under that of now. */
  public RestoreCheck(CheckpointManifest manifest, LogicalGraph graph) {
    this.manifest = manifest;
    this.graph = graph;
    graph
        .earlierNames()
        .forEach(
            (earlier, now) -> {
              boolean isFound = has(now) || renamed.containsValue(now);
              if (has(earlier) && !isFound) {
                renamed.put(earlier, now);
              }
            });
  }

  private boolean has(String stage) {
    return manifest.stages().containsKey(stage);
  }

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
  void check(JobConfig config) {
    Optional<String> problem = keyGroups(config).or(() -> loss(config));
    if (problem.isPresent()) {
      throw new RestoreException(
          "Checkpoint "
              + manifest.checkpointId()
              + " of job '"
              + manifest.job()
              + "' "
              + problem.get());
    }
  }

  /** What is wrong with the number of key groups. */
  public Optional<String> keyGroups(JobConfig config) {
    return manifest.maxParallelism() == config.maxParallelism()
        ? Optional.empty()
        : Optional.of(
            "has "
                + manifest.maxParallelism()
                + " key groups, max.parallelism is "
                + config.maxParallelism()
                + ". Their number is fixed for ever: set max.parallelism="
                + manifest.maxParallelism()
                + ".");
  }

  /** What would be lost, and what may have been meant. */
  public Optional<String> loss(JobConfig config) {
    SortedSet<String> dropped = dropped(config);
    if (dropped.isEmpty()) {
      return Optional.empty();
    }
    String meant =
        dropped.stream()
            .flatMap(stage -> NearMiss.of(stage, added()).map(near -> hint(stage, near)).stream())
            .collect(Collectors.joining());
    return Optional.of(
        "holds state of stages that the pipeline does not have: "
            + dropped
            + "."
            + meant
            + " Give the stages their old names again, or drop their state knowingly with"
            + " restore.allow.dropped="
            + String.join(",", dropped)
            + "; it is never dropped silently.");
  }

  private static String hint(String earlier, String now) {
    return " Is '"
        + now
        + "' what '"
        + earlier
        + "' was? Then say so behind it: .renamedFrom(\""
        + earlier
        + "\").";
  }

  /** Stages whose state would be lost though nobody has allowed it, by their names in it. */
  public SortedSet<String> dropped(JobConfig config) {
    SortedSet<String> dropped = new TreeSet<>(manifest.stages().keySet());
    dropped.removeAll(config.allowDropped());
    dropped.removeAll(graph.stages().stream().map(Stage::name).collect(Collectors.toSet()));
    dropped.removeAll(renamed.keySet());
    return dropped;
  }

  /** Stages that go on. */
  public SortedSet<String> kept() {
    SortedSet<String> kept = stateful();
    kept.retainAll(underNamesOfNow().stages().keySet());
    return kept;
  }

  /** Stages with state that begin empty. */
  public SortedSet<String> added() {
    SortedSet<String> added = stateful();
    added.removeAll(underNamesOfNow().stages().keySet());
    return added;
  }

  private SortedSet<String> stateful() {
    return graph.stages().stream()
        .filter(Planner::hasState)
        .map(Stage::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The manifest as if stages had always been called as they are now. */
  public CheckpointManifest underNamesOfNow() {
    return manifest.renamed(renamed);
  }

  /** Stages that are called otherwise now: their names now, to those in the checkpoint. */
  public Map<String, String> writtenNames() {
    return renamed.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
  }
}
