package dev.weir.internal.state.rocksdb;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.key.EntryKey;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.FileHeader;
import dev.weir.internal.state.Row;
import dev.weir.internal.state.RowCursor;
import dev.weir.internal.state.RowLayer;
import dev.weir.internal.state.RowMap;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * A table in a column family. Reads belong to the task's thread, sinking to one I/O thread at a
 * time, restoring to one before all; they share nothing that changes but the database.
 */
final class RocksBottomTable<K, V> implements BottomTable<K, V> {
  private static final int MANY = 1_000;

  private final RocksContext context;
  private final StateScope scope;
  private final TableDescriptor<K, V> descriptor;
  private final Columns.Column column;
  private final Batch restoring;
  private final RowKeys<K> keys;
  private final ByteInput value = new ByteInput();
  private byte[] valueBytes = new byte[256];
  private long lowest = Long.MAX_VALUE;

  RocksBottomTable(
      RocksContext context, StateScope scope, TableDescriptor<K, V> descriptor, Batch restoring) {
    this.context = context;
    this.scope = scope;
    this.descriptor = descriptor;
    this.restoring = restoring;
    this.column = context.columns().of(scope.stage(), FileHeader.Table.of(descriptor));
    this.keys = new RowKeys<>(descriptor, scope.maxParallelism());
  }

  private ColumnFamilyHandle handle() {
    return column.handle();
  }

  @Override
  public boolean sharesValues() {
    return false;
  }

  @Override
  public boolean hasEntries() {
    return descriptor.hasEntries();
  }

  @Override
  public boolean isGrouped() {
    return true;
  }

  @Override
  public V get(int hash, long time, K key) {
    ByteOutput rowKey = keys.of(time, key);
    int length = read(rowKey);
    if (length > valueBytes.length) {
      valueBytes = new byte[Math.max(length, 2 * valueBytes.length)];
      length = read(rowKey);
    }
    if (length == RocksDB.NOT_FOUND) {
      return null;
    }
    return decoded(valueBytes, length);
  }

  private V decoded(byte[] bytes, int length) {
    try {
      return descriptor.valueSerializer().deserialize(value.wrap(bytes, 0, length));
    } catch (IOException e) {
      throw new UncheckedIOException("A value of " + column.name() + " cannot be read", e);
    }
  }

  @Override
  public boolean contains(int hash, long time, K key) {
    return read(keys.of(time, key)) != RocksDB.NOT_FOUND;
  }

  /** Reads as much as fits; gives the length of the whole. */
  private int read(ByteOutput key) {
    try {
      return context
          .database()
          .get(
              handle(),
              context.settings().reads(),
              key.array(),
              0,
              key.length(),
              valueBytes,
              0,
              valueBytes.length);
    } catch (RocksDBException e) {
      throw RocksFailure.of("read a row of " + column.name(), e);
    }
  }

  @Override
  public RowCursor<K, V> rowsAt(long time) {
    RowKeys<K> prefixes = new RowKeys<>(descriptor, scope.maxParallelism());
    return new RocksCursor<>(
        context, handle(), descriptor, scope, group -> prefixes.prefix(group, time).toByteArray());
  }

  @Override
  public RowCursor<K, V> rows() {
    return new RocksCursor<>(context, handle(), descriptor, scope, RowKeys::groupPrefix);
  }

  @Override
  public List<Row<K, V>> entries(K from, byte[] end, int limit) {
    byte[] begin = keys.of(0, from).toByteArray();
    int prefixLength = begin.length - EntryKey.of(from).entry().length;
    List<Row<K, V>> rows = new ArrayList<>();
    try (PrefixWalk walk = new PrefixWalk(context, handle(), begin, prefixLength)) {
      while (rows.size() < limit && walk.next()) {
        byte[] entry = Arrays.copyOfRange(walk.key(), prefixLength, walk.key().length);
        K key = EntryKey.sibling(from, entry);
        if (!EntryKey.of(key).isBefore(end)) {
          break;
        }
        byte[] bytes = walk.value();
        rows.add(new Row<>(RowMap.hash(0, key), 0, key, decoded(bytes, bytes.length), false));
      }
    }
    return rows;
  }

  /** Adds what a layer says to a batch; the layer's clearing comes before its rows. */
  void add(RowLayer<K, V> layer, Batch batch) {
    if (layer.isCleared()) {
      clear(scope.firstKeyGroup(), scope.endKeyGroup(), layer.clearedTo(), batch);
      lowest = Math.max(lowest, behind(layer.clearedTo()));
    }
    RowKeys<K> rowKeys = new RowKeys<>(descriptor, scope.maxParallelism());
    layer.clearedOwners().forEach(owner -> clear(rowKeys.of(0, owner).toByteArray(), batch));
    ByteOutput bytes = new ByteOutput(256);
    layer.forEachChange(row -> add(row, rowKeys, bytes, batch));
  }

  private static long behind(long time) {
    return time == Long.MAX_VALUE ? time : time + 1;
  }

  private void add(Row<K, V> row, RowKeys<K> rowKeys, ByteOutput bytes, Batch batch) {
    byte[] key = rowKeys.of(row.time(), row.key()).toByteArray();
    if (row.value() == null) {
      batch.delete(handle(), key);
      return;
    }
    bytes.truncate(0);
    try {
      descriptor.valueSerializer().serialize(row.value(), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("A value of " + column.name() + " cannot be written", e);
    }
    batch.put(handle(), key, bytes.toByteArray());
    lowest = Math.min(lowest, row.time());
  }

  /** Ranges begin at the lowest row there can be: ranges over ranges would slow down reads. */
  private void clear(int firstKeyGroup, int endKeyGroup, long bound, Batch batch) {
    if (lowest > bound) {
      return;
    }
    RowKeys<K> prefixes = new RowKeys<>(descriptor, scope.maxParallelism());
    for (int group = firstKeyGroup; group < endKeyGroup; group++) {
      byte[] begin = prefixes.prefix(group, lowest).toByteArray();
      batch.deleteRange(handle(), begin, RowKeys.endOf(group, bound, descriptor.isTimed()));
    }
  }

  /**
   * Removes all rows that begin alike. They are removed one by one as long as they are few: ranges
   * slow down reads, and most owners are small.
   */
  private void clear(byte[] prefix, Batch batch) {
    batch.flush(); // What went before is to be seen.
    try (PrefixWalk walk = new PrefixWalk(context, handle(), prefix, prefix.length)) {
      for (int removed = 0; walk.next(); removed++) {
        if (removed == MANY) {
          batch.deleteRange(handle(), walk.key(), EntryKey.behindAll(prefix));
          return;
        }
        batch.delete(handle(), walk.key());
      }
    }
  }

  @Override
  public void restorePut(int keyGroup, long time, ByteInput key, ByteInput valueInput)
      throws IOException {
    byte[] bytes = new byte[valueInput.remaining()];
    valueInput.readFully(bytes);
    restoring.put(handle(), restoredKey(keyGroup, time, key), bytes);
    lowest = Math.min(lowest, time);
  }

  @Override
  public void restoreRemove(int keyGroup, long time, ByteInput key) throws IOException {
    restoring.delete(handle(), restoredKey(keyGroup, time, key));
  }

  @Override
  public void restoreClearOwner(int keyGroup, ByteInput owner) throws IOException {
    clear(restoredKey(keyGroup, 0, owner), restoring);
  }

  private byte[] restoredKey(int keyGroup, long time, ByteInput key) throws IOException {
    byte[] bytes = new byte[key.remaining()];
    key.readFully(bytes);
    ByteOutput prefix = keys.prefix(keyGroup, time);
    prefix.write(bytes);
    return prefix.toByteArray();
  }

  @Override
  public void restoreClear(int firstKeyGroup, int endKeyGroup, long bound) {
    clear(firstKeyGroup, endKeyGroup, bound, restoring);
  }

  /** Rows of any time may be there already. */
  void mayHaveRows() {
    lowest = Long.MIN_VALUE;
  }
}
