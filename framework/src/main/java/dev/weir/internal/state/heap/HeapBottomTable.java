package dev.weir.internal.state.heap;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.key.EntryKey;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.Row;
import dev.weir.internal.state.RowCursor;
import dev.weir.internal.state.RowLayer;
import dev.weir.internal.state.RowMap;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The lowest layer of a table as live objects. Takes over the rows that sink instead of copying.
 */
final class HeapBottomTable<K, V> implements BottomTable<K, V> {
  private final TableDescriptor<K, V> descriptor;
  private final StateScope scope;
  private final RowLayer<K, V> rows;

  HeapBottomTable(TableDescriptor<K, V> descriptor, StateScope scope) {
    this.descriptor = descriptor;
    this.scope = scope;
    this.rows = new RowLayer<>(descriptor.hasEntries());
  }

  @Override
  public boolean sharesValues() {
    return true;
  }

  @Override
  public boolean hasEntries() {
    return descriptor.hasEntries();
  }

  @Override
  public boolean isGrouped() {
    return false;
  }

  @Override
  public V get(int hash, long time, K key) {
    Row<K, V> row = rows.find(hash, time, key);
    return row == null ? null : row.value();
  }

  @Override
  public boolean contains(int hash, long time, K key) {
    return rows.find(hash, time, key) != null;
  }

  /** Takes over the next row of a layer; false: there is none left. */
  boolean absorbNext(RowLayer<K, V> layer) {
    return layer.sinkNext(rows);
  }

  @Override
  public List<Row<K, V>> entries(K from, byte[] end, int limit) {
    List<Row<K, V>> found = new ArrayList<>();
    Row<K, V> row = rows.entryFrom(from);
    while (row != null && found.size() < limit && EntryKey.of(row.key()).isBefore(end)) {
      found.add(row);
      row = rows.entryFrom(EntryKey.behind(row.key()));
    }
    return found;
  }

  @Override
  public void restorePut(int keyGroup, long time, ByteInput key, ByteInput value)
      throws IOException {
    K readKey = descriptor.keySerializer().deserialize(key);
    V readValue = descriptor.valueSerializer().deserialize(value);
    rows.absorb(row(time, readKey, readValue));
  }

  @Override
  public void restoreRemove(int keyGroup, long time, ByteInput key) throws IOException {
    K readKey = descriptor.keySerializer().deserialize(key);
    rows.absorb(row(time, readKey, null));
  }

  private Row<K, V> row(long time, K key, V value) {
    return new Row<>(RowMap.hash(time, key), time, key, value, false);
  }

  @Override
  public void restoreClearOwner(int keyGroup, ByteInput owner) throws IOException {
    rows.dropOwner(descriptor.keySerializer().deserialize(owner));
  }

  @Override
  public void restoreClear(int firstKeyGroup, int endKeyGroup, long bound) {
    if (firstKeyGroup <= scope.firstKeyGroup() && scope.endKeyGroup() <= endKeyGroup) {
      rows.dropTimesUpTo(bound);
      return;
    }
    KeyHash<K> hash = KeyHash.of(descriptor.keySerializer());
    for (Long time : rows.timesUpTo(bound)) {
      Row<K, V> row = rows.firstOf(time);
      while (row != null) {
        Row<K, V> next = row.next();
        int group = KeyGroups.ofHash(hash.hash(row.key()), scope.maxParallelism());
        if (row.value() != null && firstKeyGroup <= group && group < endKeyGroup) {
          rows.remove(row);
        }
        row = next;
      }
    }
  }

  @Override
  public RowCursor<K, V> rowsAt(long time) {
    return new Cursor(List.of(time).iterator());
  }

  @Override
  public RowCursor<K, V> rows() {
    return new Cursor(rows.times().iterator());
  }

  /** Goes from time to time and through the rows of each. */
  private final class Cursor implements RowCursor<K, V> {
    private final Iterator<Long> times;
    private final KeyHash<K> hash = KeyHash.of(descriptor.keySerializer());
    private Row<K, V> row;

    Cursor(Iterator<Long> times) {
      this.times = times;
    }

    @Override
    public boolean next() {
      do {
        row = row == null ? null : row.next();
        while (row == null && times.hasNext()) {
          row = rows.firstOf(times.next());
        }
      } while (row != null && row.value() == null);
      return row != null;
    }

    @Override
    public int keyGroup() {
      return KeyGroups.ofHash(hash.hash(row.key()), scope.maxParallelism());
    }

    @Override
    public long time() {
      return row.time();
    }

    @Override
    public K key() {
      return row.key();
    }

    @Override
    public V value() {
      return row.value();
    }

    @Override
    public void writeKey(ByteOutput out) throws IOException {
      descriptor.keySerializer().serialize(row.key(), out);
    }

    @Override
    public void writeValue(ByteOutput out) throws IOException {
      descriptor.valueSerializer().serialize(row.value(), out);
    }

    @Override
    public void close() {}
  }
}
