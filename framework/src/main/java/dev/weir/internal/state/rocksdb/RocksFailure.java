package dev.weir.internal.state.rocksdb;

import dev.weir.error.StorageException;
import org.rocksdb.RocksDBException;

/** Says what went wrong in the database. */
final class RocksFailure {
  private RocksFailure() {}

  static StorageException of(String tried, RocksDBException e) {
    return new StorageException(
        "Tried to "
            + tried
            + ", RocksDB says: "
            + e.getMessage()
            + ". Check the disk of state.local.directory and its free space; the state itself is"
            + " restored from the last checkpoint.",
        e);
  }
}
