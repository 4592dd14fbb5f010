package dev.weir.internal.state.heap;

import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntToLongFunction;

/**
 * Keeps the lowest layer on the heap. Confined to the task's thread, and walked over while still.
 */
final class HeapBottomStore implements BottomStore {
  private final StateScope scope;
  private final BiFunction<StateScope, MatchingTables, IntToLongFunction> base;
  private final Deque<SinkingLayer<?, ?>> sinking = new ArrayDeque<>();

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
    sinking.addAll(layers);
    return () -> layers.stream().noneMatch(sinking::contains);
  }

  @Override
  public boolean sinkSome(int rows) {
    boolean hasSunk = false;
    int left = rows;
    while (left > 0 && !sinking.isEmpty()) {
      if (absorbNext(sinking.peek())) {
        hasSunk = true;
        left--;
      } else {
        sinking.remove();
      }
    }
    return hasSunk;
  }

  private static <K, V> boolean absorbNext(SinkingLayer<K, V> next) {
    return ((HeapBottomTable<K, V>) next.table()).absorbNext(next.layer());
  }

  @Override
  public void close() {}
}
