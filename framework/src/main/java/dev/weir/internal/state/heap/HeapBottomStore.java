package dev.weir.internal.state.heap;

import dev.weir.internal.base.Checks;
import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * Keeps the lowest layer on the heap. Confined to the task's thread, and walked over while still.
 */
final class HeapBottomStore implements BottomStore {
  private final StateScope scope;
  private final Beginning beginning;
  private final List<HeapBottomTable<?, ?>> tables = new ArrayList<>();
  private boolean keepsBase;
  private final Deque<SinkingLayer<?, ?>> sinking = new ArrayDeque<>();

  HeapBottomStore(StateScope scope, Beginning beginning) {
    this.scope = scope;
    this.beginning = beginning;
  }

  /** What a bottom begins with. */
  interface Beginning {
    /** Up to which checkpoint each key group has what files say. */
    IntToLongFunction into(HeapBottomStore bottom, MatchingTables matching);
  }

  StateScope scope() {
    return scope;
  }

  @Override
  public IntToLongFunction restoreBase(MatchingTables matching) {
    return beginning.into(this, matching);
  }

  /** Takes the rows of this task's key groups from one of the same stage whose task has ended. */
  void takeFrom(HeapBottomStore ended) {
    keepsBase = true;
    for (int i = 0; i < tables.size(); i++) {
      takeFrom(tables.get(i), ended.tables.get(i));
    }
  }

  @SuppressWarnings("unchecked") // Tasks of one stage make the same tables in the same order.
  private static <K, V> void takeFrom(HeapBottomTable<K, V> table, HeapBottomTable<?, ?> ended) {
    Checks.state(
        table.descriptor().name().equals(ended.descriptor().name()),
        "Table %s cannot go on with the rows of table %s",
        table.descriptor().name(),
        ended.descriptor().name());
    table.takeFrom((HeapBottomTable<K, V>) ended);
  }

  /** Rows that are taken over come with all the files that have them. */
  @Override
  public boolean keepsRestoredBase() {
    return keepsBase;
  }

  @Override
  public <K, V> BottomTable<K, V> table(TableDescriptor<K, V> descriptor) {
    HeapBottomTable<K, V> table = new HeapBottomTable<>(descriptor, scope);
    tables.add(table);
    return table;
  }

  @Override
  public void restored() {}

  @Override
  public Sinking sink(long checkpointId, List<SinkingLayer<?, ?>> layers) {
    sinking.addAll(layers);
    return () -> !isSinking(layers);
  }

  private boolean isSinking(List<SinkingLayer<?, ?>> layers) {
    for (SinkingLayer<?, ?> layer : layers) {
      if (sinking.contains(layer)) {
        return true;
      }
    }
    return false;
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
