package dev.weir.internal.state.heap;

import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.LayeredBackend;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
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
  public KeyedStateBackend backend(StateScope scope) {
    return new LayeredBackend(scope, new HeapBottomStore(scope, this::restoreBase));
  }

  private IntToLongFunction restoreBase(StateScope scope, BottomStore.MatchingTables tables) {
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
  }
}
