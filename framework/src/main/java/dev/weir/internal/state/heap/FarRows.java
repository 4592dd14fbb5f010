package dev.weir.internal.state.heap;

import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings rows near that will be asked for, by looking at them. Each step is done for all keys
 * before the next one, so that the processor waits for the memory of many at the same time: for one
 * key each step needs the one before. Confined to the task's thread.
 */
final class FarRows<K, V> {
  private final HeapBottomTable<K, V> table;

  FarRows(HeapBottomTable<K, V> table) {
    this.table = table;
  }

  /** The rows of the first of these keys, this many. Changes nothing. */
  void fetch(K[] keys, int count) {
    look(parts(firstRows(keys, count)));
  }

  private List<Row<K, V>> firstRows(K[] keys, int count) {
    List<Row<K, V>> first = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      first.add(table.layerOf(keys[i]).first(RowMap.hash(0, keys[i])));
    }
    return first;
  }

  private static <K, V> List<Object> parts(List<Row<K, V>> rows) {
    List<Object> parts = new ArrayList<>(2 * rows.size());
    for (Row<K, V> row : rows) {
      if (row != null) {
        parts.add(row.key());
        parts.add(row.value());
      }
    }
    return parts;
  }

  /** Asks what is never so, for an answer that nobody needs would not be looked for. */
  private static void look(List<Object> parts) {
    for (Object part : parts) {
      if (part != null && part.getClass() == Void.class) {
        throw new IllegalStateException("A row holds what there is nothing of");
      }
    }
  }
}
