package dev.weir.internal.state.heap;

import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import java.util.List;
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
}
