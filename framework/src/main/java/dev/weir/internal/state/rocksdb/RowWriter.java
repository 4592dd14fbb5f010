package dev.weir.internal.state.rocksdb;

import dev.weir.internal.base.ByteOutput;
import org.rocksdb.ColumnFamilyHandle;

/** Takes the changes to one column family in the order of their keys. Confined to one thread. */
interface RowWriter extends AutoCloseable {
  /** Sets a row; the arrays may be used again at once. */
  void put(byte[] key, ByteOutput value);

  /** Removes a row. */
  void delete(byte[] key);

  /** Everything is in the database. */
  void finish();

  /** Gives up what is not finished, and releases handles. */
  @Override
  void close();

  /** Writes rows through a batch, which stays its maker's. Confined to one thread. */
  record Batched(Batch batch, ColumnFamilyHandle column) implements RowWriter {
    @Override
    public void put(byte[] key, ByteOutput value) {
      batch.put(column, key, value.toByteArray());
    }

    @Override
    public void delete(byte[] key) {
      batch.delete(column, key);
    }

    @Override
    public void finish() {
      batch.flush();
    }

    @Override
    public void close() {}
  }
}
