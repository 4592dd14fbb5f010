package dev.weir.internal.state.rocksdb;

import dev.weir.error.StorageException;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.RocksDBException;

/** Says what went wrong in the database. */
final class RocksFailure {
  private static final AtomicLong COUNT = new AtomicLong();

  private RocksFailure() {}

  /** How often something went wrong in this process: local files may be damaged since. */
  static long count() {
    return COUNT.get();
  }

  static StorageException of(String tried, RocksDBException e) {
    COUNT.incrementAndGet();
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
