package dev.weir.internal.state.rocksdb;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.FileHeader;
import dev.weir.internal.state.Row;
import dev.weir.internal.state.RowCursor;
import dev.weir.internal.state.RowLayer;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * A table in a column family. Reads belong to the task's thread, sinking to one I/O thread at a
 * time, restoring to one before all; they share nothing that changes but the database.
 */
final class RocksBottomTable<K, V> implements BottomTable<K, V> {
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
    try {
      return descriptor.valueSerializer().deserialize(value.wrap(valueBytes, 0, length));
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

  /** Adds what a layer says to a batch; the layer's clearing comes before its rows. */
  void add(RowLayer<K, V> layer, Batch batch) {
    if (layer.isCleared()) {
      clear(scope.firstKeyGroup(), scope.endKeyGroup(), layer.clearedTo(), batch);
      lowest = Math.max(lowest, behind(layer.clearedTo()));
    }
    RowKeys<K> rowKeys = new RowKeys<>(descriptor, scope.maxParallelism());
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
