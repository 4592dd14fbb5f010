package dev.weir.internal.state;

import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.SharedBase;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntToLongFunction;

/**
 * Keeps the lowest layer on the heap. Confined to the task's thread, and walked over while still.
 */
final class HeapBottomStore implements BottomStore {
  private final StateScope scope;
  private final BiFunction<StateScope, MatchingTables, IntToLongFunction> base;

  /** A bottom that begins with what the function restores. */
  HeapBottomStore(
      StateScope scope, BiFunction<StateScope, MatchingTables, IntToLongFunction> base) {
    this.scope = scope;
    this.base = base;
  }

  @Override
  public IntToLongFunction restoreBase(MatchingTables tables) {
    return base.apply(scope, tables);
  }

  @Override
  public <K, V> BottomTable<K, V> table(TableDescriptor<K, V> descriptor) {
    return new HeapBottomTable<>(descriptor, scope);
  }

  @Override
  public void restored() {}

  @Override
  public Sinking sink(long checkpointId, List<SinkingLayer<?, ?>> layers) {
    layers.forEach(HeapBottomStore::absorb);
    return Sinking.DONE;
  }

  private static <K, V> void absorb(SinkingLayer<K, V> sinking) {
    ((HeapBottomTable<K, V>) sinking.table()).absorb(sinking.layer());
  }

  @Override
  public void close() {}

  /**
   * Keeps the state of a job. A checkpoint that was taken with RocksDB is read from its base, which
   * is open as long as the store. Used by one I/O thread, like all restores.
   */
  static final class OfJob implements StateStore {
    private final BiFunction<SharedBase, Origin, SavedRows> bases;
    private Optional<SavedRows> base = Optional.empty();
    private Optional<Origin> origin = Optional.empty();

    OfJob(BiFunction<SharedBase, Origin, SavedRows> bases) {
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
      Optional<SharedBase> saved =
          origin.flatMap(Origin::manifest).flatMap(CheckpointManifest::base);
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
}
