package dev.weir.internal.state.rocksdb;

import java.util.concurrent.Executor;
import org.rocksdb.RocksDB;

/**
 * What all tasks share. Thread-safe.
 *
 * @param database the database
 * @param settings its options
 * @param columns its column families
 * @param handles counts what is open
 * @param io where layers sink
 */
record RocksContext(
    RocksDB database, RocksSettings settings, Columns columns, NativeHandles handles, Executor io) {
  Batch batch() {
    return new Batch(database, settings, handles);
  }
}
