package dev.weir.internal.state.heap;

import dev.weir.internal.key.CurrentKey;
import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowMap;

/**
 * The rows of the keys that come next. Each step of looking for them is done for all keys before
 * the next step, so that the processor waits for the memory of many at the same time: for one key
 * each step needs the one before. What is found is kept until the next batch, so that reading and
 * setting a value need not look again; in an array that is young, see {@link CurrentKey}. Confined
 * to the task's thread.
 */
final class ExpectedRows<K, V> {
  private final HeapBottomTable<K, V> table;
  private CurrentKey<K> current = new CurrentKey<>();
  private VersionedRow<K, V>[] found = array(0);

  ExpectedRows(HeapBottomTable<K, V> table) {
    this.table = table;
  }

  /** Looks for the rows of all keys that are expected. Changes nothing in the table. */
  void fetch(CurrentKey<K> keys) {
    current = keys;
    K[] expected = keys.expected();
    VersionedRow<K, V>[] rows = array(expected.length);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (VersionedRow<K, V>) table.layerOf(expected[i]).first(hash(expected[i]));
    }
    lookAt(rows);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (VersionedRow<K, V>) Row.inChain(rows[i], hash(expected[i]), 0, expected[i]);
    }
    found = rows;
  }

  /** The key's row, or null. Where none was found one may have come since. */
  VersionedRow<K, V> find(K key) {
    int place = current.placeOf(key);
    if (place < 0 || place >= found.length) {
      return look(key);
    }
    if (found[place] == null) {
      found[place] = look(key);
    }
    return found[place];
  }

  /** A row has gone from the table: what was found is not sure any more. */
  void forget() {
    found = array(0);
  }

  private VersionedRow<K, V> look(K key) {
    int hash = hash(key);
    return (VersionedRow<K, V>) table.layerOf(key).find(hash, 0, key);
  }

  private static int hash(Object key) {
    return RowMap.hash(0, key);
  }

  /** First at all rows, then at all keys and values. */
  private static <K, V> void lookAt(VersionedRow<K, V>[] rows) {
    Object[] parts = new Object[2 * rows.length];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != null) {
        parts[2 * i] = rows[i].key();
        parts[2 * i + 1] = rows[i].farPart();
      }
    }
    for (Object part : parts) {
      Row.lookAt(part);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Holds nothing yet.
  private static <K, V> VersionedRow<K, V>[] array(int length) {
    return new VersionedRow[length];
  }
}
