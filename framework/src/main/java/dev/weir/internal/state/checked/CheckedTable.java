package dev.weir.internal.state.checked;

import dev.weir.internal.state.RowCursor;
import dev.weir.internal.state.StateTable;

/** A table that remembers what goes in and out. Confined to the task's thread. */
final class CheckedTable<K, V> implements StateTable<K, V> {
  private final StateTable<K, V> table;
  private final LentValues<K, V> lent;

  CheckedTable(StateTable<K, V> table, LentValues<K, V> lent) {
    this.table = table;
    this.lent = lent;
  }

  @Override
  public V get(long time, K key) {
    return lent.handedOver(time, key, table.get(time, key));
  }

  @Override
  public void put(long time, K key, V value) {
    table.put(time, key, value);
    lent.handedOver(time, key, value);
  }

  @Override
  public void remove(long time, K key) {
    table.remove(time, key);
    lent.forget(time, key);
  }

  @Override
  public <T> void update(long time, K key, T given, Update<V, T> update) {
    table.update(
        time, key, given, (old, more) -> lent.handedOver(time, key, update.apply(old, more)));
  }

  @Override
  public void removeAll(K key) {
    table.removeAll(key);
    lent.forgetOwner(key);
  }

  @Override
  public Scan<K, V> scan(K from, byte[] end) {
    return new CheckedScan<>(table.scan(from, end), lent);
  }

  @Override
  public RowCursor<K, V> walk() {
    return table.walk();
  }

  @Override
  public long earliestTime() {
    return table.earliestTime();
  }

  @Override
  public void drainUpTo(long bound, RowVisitor<K, V> visitor) throws Exception {
    table.drainUpTo(
        bound,
        (time, key, value) -> {
          lent.forget(time, key);
          visitor.row(time, key, value);
        });
  }

  /** Remembers each value that it shows. */
  private static final class CheckedScan<K, V> implements Scan<K, V> {
    private final Scan<K, V> scan;
    private final LentValues<K, V> lent;

    CheckedScan(Scan<K, V> scan, LentValues<K, V> lent) {
      this.scan = scan;
      this.lent = lent;
    }

    @Override
    public boolean next() {
      return scan.next();
    }

    @Override
    public K key() {
      return scan.key();
    }

    @Override
    public V value() {
      return lent.handedOver(0, scan.key(), scan.value());
    }
  }
}
