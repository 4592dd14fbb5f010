package dev.weir.internal.state.rocksdb;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Writes many rows in batches of bounded size, in order. Whoever reads meanwhile sees the same rows
 * in a layer above, so a batch need not hold all. Confined to one thread.
 */
final class Batch implements AutoCloseable {
  private static final long MOST_BYTES = 4L << 20;
  private static final int ROW_OVERHEAD = 16;

  private final RocksDB database;
  private final RocksSettings settings;
  private final NativeHandles handles;
  private final WriteBatch batch;
  private long bytes;

  Batch(RocksDB database, RocksSettings settings, NativeHandles handles) {
    this.database = database;
    this.settings = settings;
    this.handles = handles;
    this.batch = handles.opened(new WriteBatch());
  }

  void put(ColumnFamilyHandle column, byte[] key, byte[] value) {
    try {
      batch.put(column, key, value);
      added(key.length + value.length);
    } catch (RocksDBException e) {
      throw RocksFailure.of("set a row", e);
    }
  }

  void delete(ColumnFamilyHandle column, byte[] key) {
    try {
      batch.delete(column, key);
      added(key.length);
    } catch (RocksDBException e) {
      throw RocksFailure.of("remove a row", e);
    }
  }

  void deleteRange(ColumnFamilyHandle column, byte[] begin, byte[] end) {
    try {
      batch.deleteRange(column, begin, end);
      added(begin.length + end.length);
    } catch (RocksDBException e) {
      throw RocksFailure.of("remove rows", e);
    }
  }

  private void added(int count) {
    bytes += count + ROW_OVERHEAD;
    if (bytes >= MOST_BYTES) {
      flush();
    }
  }

  void flush() {
    if (bytes > 0) {
      try {
        database.write(settings.writes(), batch);
      } catch (RocksDBException e) {
        throw RocksFailure.of("write " + bytes + " bytes of rows", e);
      }
      batch.clear();
      bytes = 0;
    }
  }

  @Override
  public void close() {
    handles.close(batch);
  }
}
