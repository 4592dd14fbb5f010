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

  /** The rows of these keys. Changes nothing. */
  void fetch(K[] keys) {
    look(parts(firstRows(keys)));
  }

  private List<Row<K, V>> firstRows(K[] keys) {
    List<Row<K, V>> first = new ArrayList<>(keys.length);
    for (K key : keys) {
      first.add(table.layerOf(key).first(RowMap.hash(0, key)));
    }
    return first;
  }

  private static <K, V> List<Object> parts(List<Row<K, V>> rows) {
    List<Object> parts = new ArrayList<>(2 * rows.size());
    for (Row<K, V> row : rows) {
      if (row != null) {
        parts.add(row.key());
        parts.add(((VersionedRow<K, V>) row).farPart());
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
