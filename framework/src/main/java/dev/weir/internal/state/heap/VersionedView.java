package dev.weir.internal.state.heap;

import dev.weir.internal.state.RowCursor;
import dev.weir.internal.state.StateTable;

/**
 * A table at the end of an epoch as those see it who only look. What it gives is the caller's own,
 * what is written is forgotten. Confined to the task's thread.
 */
final class VersionedView<K, V> implements StateTable<K, V> {
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
  public Scan<K, V> scan(K from, byte[] until) {
    throw table.hasNoEntries();
  }

  @Override
  public void put(long time, K key, V value) {}

  @Override
  public void remove(long time, K key) {}

  @Override
  public void update(long time, K key, Update<V> update) {}

  @Override
  public void removeAll(K key) {}

  @Override
  public long earliestTime() {
    throw new UnsupportedOperationException("Who only looks asks for keys");
  }

  @Override
  public void drainUpTo(long bound, RowVisitor<K, V> visitor) {
    throw new UnsupportedOperationException("Who only looks drains nothing");
  }

  @Override
  public RowCursor<K, V> walk() {
    throw new UnsupportedOperationException("Who only looks removes nothing");
  }
}
