package dev.weir.internal.state;

import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.SharedBases;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;

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

  /** Releases everything; after the last backend is closed. Idempotent. */
  @Override
  void close();

  /**
   * What an attempt goes on from.
   *
   * @param job the job's name
   * @param lineage of the checkpoints that it takes; the last run is the attempt
   * @param manifest the checkpoint that is restored; empty: none
   * @param files where its files are
   */
  record Origin(
      String job, Lineage lineage, Optional<CheckpointManifest> manifest, CheckpointStore files) {
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

    @Override
    void close();
  }
}
