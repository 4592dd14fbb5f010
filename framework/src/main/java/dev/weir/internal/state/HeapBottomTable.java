package dev.weir.internal.state;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * The lowest layer of a table as live objects. Takes over the rows that sink instead of copying.
 */
final class HeapBottomTable<K, V> implements BottomTable<K, V> {
  private final TableDescriptor<K, V> descriptor;
  private final StateScope scope;
  private final RowLayer<K, V> rows = new RowLayer<>();

  HeapBottomTable(TableDescriptor<K, V> descriptor, StateScope scope) {
    this.descriptor = descriptor;
    this.scope = scope;
  }

  @Override
  public boolean sharesValues() {
    return true;
  }

  @Override
  public boolean isGrouped() {
    return false;
  }

  @Override
  public V get(int hash, long time, K key) {
    Row<K, V> row = rows.find(hash, time, key);
    return row == null ? null : row.value;
  }

  @Override
  public boolean contains(int hash, long time, K key) {
    return rows.find(hash, time, key) != null;
  }

  void absorb(RowLayer<K, V> layer) {
    if (layer.isCleared()) {
      clear(layer.clearedTo());
    }
    for (RowLayer.TimeSlot<K, V> slot : layer.slots()) {
      Row<K, V> row = slot.first();
      while (row != null) {
        Row<K, V> next = row.nextInSlot;
        absorb(row);
        row = next;
      }
    }
  }

  private void absorb(Row<K, V> row) {
    if (!row.isClean) {
      absorbChange(row);
    }
  }

  private void absorbChange(Row<K, V> row) {
    Row<K, V> old = rows.find(row.hash, row.time, row.key);
    if (row.value == null) {
      removeIfThere(old);
    } else if (old == null) {
      rows.add(row);
    } else {
      old.value = row.value;
    }
  }

  private void removeIfThere(Row<K, V> row) {
    if (row != null) {
      rows.remove(row);
    }
  }

  private void clear(long bound) {
    rows.timesUpTo(bound).forEach(rows::dropTime);
  }

  @Override
  public void restorePut(int keyGroup, long time, ByteInput key, ByteInput value)
      throws IOException {
    K readKey = descriptor.keySerializer().deserialize(key);
    V readValue = descriptor.valueSerializer().deserialize(value);
    int hash = RowMap.hash(time, readKey);
    absorb(new Row<>(hash, time, readKey, readValue, false));
  }

  @Override
  public void restoreRemove(int keyGroup, long time, ByteInput key) throws IOException {
    K readKey = descriptor.keySerializer().deserialize(key);
    removeIfThere(rows.find(RowMap.hash(time, readKey), time, readKey));
  }

  @Override
  public void restoreClear(int firstKeyGroup, int endKeyGroup, long bound) {
    if (firstKeyGroup <= scope.firstKeyGroup() && scope.endKeyGroup() <= endKeyGroup) {
      clear(bound);
      return;
    }
    KeyHash<K> hash = KeyHash.of(descriptor.keySerializer());
    for (Long time : rows.timesUpTo(bound)) {
      Row<K, V> row = rows.firstOf(time);
      while (row != null) {
        Row<K, V> next = row.nextInSlot;
        int group = KeyGroups.ofHash(hash.hash(row.key), scope.maxParallelism());
        if (row.value != null && firstKeyGroup <= group && group < endKeyGroup) {
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
        row = row == null ? null : row.nextInSlot;
        while (row == null && times.hasNext()) {
          row = rows.firstOf(times.next());
        }
      } while (row != null && row.value == null);
      return row != null;
    }

    @Override
    public int keyGroup() {
      return KeyGroups.ofHash(hash.hash(row.key), scope.maxParallelism());
    }

    @Override
    public long time() {
      return row.time;
    }

    @Override
    public K key() {
      return row.key;
    }

    @Override
    public V value() {
      return row.value;
    }

    @Override
    public void writeKey(ByteOutput out) throws IOException {
      descriptor.keySerializer().serialize(row.key, out);
    }

    @Override
    public void writeValue(ByteOutput out) throws IOException {
      descriptor.valueSerializer().serialize(row.value, out);
    }

    @Override
    public void close() {}
  }
}
