package dev.weir.internal.state.heap;

import dev.weir.internal.key.KeyBounds;
import dev.weir.internal.key.KeyPage;
import dev.weir.internal.state.StateTable;

/**
 * A table at the end of an epoch as those see it who only look. What it gives is the caller's own,
 * what is written is forgotten. Confined to the task's thread.
 */
final class VersionedView<K, V> implements StateTable.ToLookAt<K, V> {
  private final VersionedRows<K, V> table;
  private final int end;

  VersionedView(VersionedRows<K, V> table, int end) {
    this.table = table;
    this.end = end;
  }

  @Override
  public V get(long time, K key) {
    return table.at(end, key);
  }

  @Override
  public KeyPage<K> keys(KeyBounds bounds, int limit, int firstKeyGroup) {
    return table.keysAt(end, bounds, limit, firstKeyGroup);
  }

  @Override
  public Scan<K, V> scan(K from, byte[] until) {
    throw table.hasNoEntries();
  }
}
