package dev.weir.internal.state.rocksdb;

import dev.weir.internal.state.StateStore;
import java.util.concurrent.Executor;
import org.rocksdb.RocksDB;

/**
 * What all tasks share. Thread-safe.
 *
 * @param local the open database and all that belongs to it
 * @param marks what it said of itself when it was opened
 * @param bases what is saved of it
 * @param origin what is restored
 * @param io where layers sink
 */
record RocksContext(
    LocalDatabase local, Marks marks, RocksBases bases, StateStore.Origin origin, Executor io) {
  RocksDB database() {
    return local.database();
  }

  RocksSettings settings() {
    return local.settings();
  }

  Columns columns() {
    return local.columns();
  }

  NativeHandles handles() {
    return local.handles();
  }

  Batch batch() {
    return new Batch(database(), settings(), handles());
  }
}
