package dev.weir.internal.state.heap;

import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.LayeredBackend;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntToLongFunction;

/**
 * Keeps the state of a job. A checkpoint that was taken with RocksDB is read from its base, which
 * is open as long as the store. Used by one I/O thread, like all restores.
 */
public final class HeapStateStore implements StateStore {
  private final BiFunction<SharedBase, Origin, SavedRows> bases;
  private Optional<SavedRows> base = Optional.empty();
  private Optional<Origin> origin = Optional.empty();
  private List<HeapBottomStore> ended = List.of();
  private List<HeapBottomStore> made = new ArrayList<>();

  /**
   * An empty store.
   *
   * @param bases opens the base of a checkpoint that another kind of store has saved
   */
  public HeapStateStore(BiFunction<SharedBase, Origin, SavedRows> bases) {
    this.bases = bases;
  }

  @Override
  public void begin(Origin begun) {
    close();
    origin = Optional.of(begun);
  }

  @Override
  public void handOver(Origin now) {
    origin = Optional.of(now);
    ended = made;
    made = new ArrayList<>();
  }

  @Override
  public KeyedStateBackend backend(StateScope scope) {
    HeapBottomStore bottom = new HeapBottomStore(scope, this::restoreBase);
    made.add(bottom);
    return new LayeredBackend(scope, bottom);
  }

  private IntToLongFunction restoreBase(HeapBottomStore bottom, BottomStore.MatchingTables tables) {
    StateScope scope = bottom.scope();
    List<HeapBottomStore> before =
        ended.stream().filter(each -> each.scope().stage().equals(scope.stage())).toList();
    if (!before.isEmpty()) {
      before.forEach(bottom::takeFrom);
      long checkpointId = origin.flatMap(Origin::manifest).orElseThrow().checkpointId();
      return keyGroup -> checkpointId;
    }
    Optional<SharedBase> saved = origin.flatMap(Origin::manifest).flatMap(CheckpointManifest::base);
    if (saved.isEmpty()) {
      return keyGroup -> BottomStore.NOTHING;
    }
    if (base.isEmpty()) {
      base = Optional.of(bases.apply(saved.get(), origin.orElseThrow()));
    }
    return base.get().restoreInto(scope, tables);
  }

  @Override
  public void close() {
    base.ifPresent(SavedRows::close);
    base = Optional.empty();
    ended = List.of();
    made = new ArrayList<>();
  }
}
