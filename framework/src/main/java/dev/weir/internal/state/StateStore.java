package dev.weir.internal.state;

import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.SharedBases;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;

/** Makes the backends of a job. One per job process; thread-safe. */
public interface StateStore extends AutoCloseable {
  /** An attempt begins: before any backend is made, once. Blocks. */
  void begin(Origin origin);

  /** What checkpoints stand on; after {@link #begin}. */
  default SharedBases bases() {
    return SharedBases.NONE;
  }

  /** An empty backend, to be closed before the store. */
  KeyedStateBackend backend(StateScope scope);

  /**
   * The backends made so far are settled at a completed checkpoint and closed; what they kept goes,
   * as it is, to those that are made from now on, by key group. Blocks.
   *
   * @param origin goes on from that checkpoint, in the same attempt
   */
  void handOver(Origin origin);

  /** Releases everything; after the last backend is closed. Idempotent. */
  @Override
  void close();

  /**
   * What an attempt goes on from.
   *
   * @param job the job's name
   * @param lineage of the checkpoints that it takes; the last run is the attempt
   * @param manifest the checkpoint that is restored, with the names that stages have now; empty:
   *     none
   * @param files where its files are
   * @param writtenNames of stages that are called otherwise now: their names now, to those in files
   */
  record Origin(
      String job,
      Lineage lineage,
      Optional<CheckpointManifest> manifest,
      CheckpointStore files,
      Map<String, String> writtenNames) {
    /** Makes the map unmodifiable. */
    public Origin {
      writtenNames = Map.copyOf(writtenNames);
    }

    /** All stages are called as they were. */
    public Origin(
        String job, Lineage lineage, Optional<CheckpointManifest> manifest, CheckpointStore files) {
      this(job, lineage, manifest, files, Map.of());
    }

    /** What a stage is called in the files that are restored. */
    public String writtenName(String stage) {
      return writtenNames.getOrDefault(stage, stage);
    }

    /** The names in the files of every stage that the checkpoint has something of. */
    public Set<String> writtenStages() {
      return manifest.stream()
          .flatMap(restored -> restored.stages().keySet().stream())
          .map(this::writtenName)
          .collect(Collectors.toSet());
    }

    /**
     * Whether the checkpoints to come stand on the same base. Not if a stage is called otherwise in
     * it: then they begin with files of their own, so that no file has to be read under two names.
     */
    public boolean keepsBase() {
      return writtenNames.isEmpty();
    }

    /** The base that the checkpoints to come stand on, too. */
    public Optional<SharedBase> lastingBase() {
      return manifest.filter(restored -> keepsBase()).flatMap(CheckpointManifest::base);
    }

    /** The attempt. */
    public Lineage.Run run() {
      return lineage.runs().get(lineage.runs().size() - 1);
    }

    /** The attempt that took the checkpoint that is restored. */
    public Lineage.Run restoredRun() {
      List<Lineage.Run> runs = manifest.orElseThrow().lineage().runs();
      return runs.get(runs.size() - 1);
    }
  }

  /** Reads the rows of a base that another kind of store has saved. Confined to one thread. */
  interface SavedRows extends AutoCloseable {
    /**
     * Restores those of a scope.
     *
     * @return up to which checkpoint each key group has what files say
     */
    IntToLongFunction restoreInto(StateScope scope, BottomStore.MatchingTables tables);

    /** The tables of a stage, as they were written. */
    Set<FileHeader.Table> tables(String stage);

    @Override
    void close();
  }
}
