package dev.weir.internal.state;

import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowMap;

/**
 * Looks for the rows of the keys that come next, in the layers and below: each step for all keys
 * before the next step, so that the processor waits for the memory of many at the same time [1].
 * Changes nothing, and keeps nothing but what the processor has in its caches then.
 *
 * <p>[1] S. Chen, A. Ailamaki, P. Gibbons, T. Mowry, "Improving hash join performance through
 * prefetching", ICDE 2004, section 4.
 */
final class ExpectedLayers {
  private ExpectedLayers() {}

  static <K, V> void fetch(Layers<K, V> layers, K[] keys) {
    int[] hashes = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      hashes[i] = RowMap.hash(0, keys[i]);
    }
    Row<K, V>[] rows = likelyRows(layers, hashes);
    K[] others = keys.clone();
    int count = 0;
    for (int i = 0; i < keys.length; i++) {
      if (rows[i] == null || rows[i].hash() != hashes[i]) {
        others[count++] = keys[i];
        rows[i] = null;
      }
    }
    lookAt(rows);
    layers.bottom().expect(others, count);
  }

  /** Of each hash the newest row that may be the one. */
  private static <K, V> Row<K, V>[] likelyRows(Layers<K, V> layers, int[] hashes) {
    Row<K, V>[] rows = array(hashes.length);
    for (int layer = 0; layer < layers.count(); layer++) {
      boolean isDirty = layer == 0;
      for (int i = 0; i < hashes.length; i++) {
        if (rows[i] == null) {
          rows[i] = layers.layer(layer).likely(hashes[i], isDirty);
        }
      }
    }
    return rows;
  }

  private static <K, V> void lookAt(Row<K, V>[] rows) {
    for (Row<K, V> row : rows) {
      if (row != null) {
        Row.lookAt(row.key());
        Row.lookAt(row.value());
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Holds nothing yet.
  private static <K, V> Row<K, V>[] array(int length) {
    return new Row[length];
  }
}
