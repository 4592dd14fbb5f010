package dev.weir.internal.state.rocksdb;

import dev.weir.internal.state.StateScope;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * The column families in use. The tasks of a stage share one per table; with the last task of an
 * attempt it is dropped, and its rows with it. Thread-safe.
 */
final class Columns {
  private final RocksDB database;
  private final ColumnFamilyOptions options;
  private final NativeHandles handles;
  private final Map<String, Column> columns = new HashMap<>();

  Columns(RocksDB database, ColumnFamilyOptions options, NativeHandles handles) {
    this.database = database;
    this.options = options;
    this.handles = handles;
  }

  /** The column family of a table, made if this is its first task. */
  synchronized Column acquire(StateScope scope, String table) {
    String name = scope.stage() + "/" + table + "@" + scope.attempt();
    Column column = columns.get(name);
    if (column == null) {
      column = new Column(name, create(name));
      columns.put(name, column);
    }
    column.users++;
    return column;
  }

  private ColumnFamilyHandle create(String name) {
    try {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      return handles.opened(
          database.createColumnFamily(new ColumnFamilyDescriptor(bytes, options)));
    } catch (RocksDBException e) {
      throw RocksFailure.of("make room for the state " + name, e);
    }
  }

  /** A task has no more use for it. */
  synchronized void release(Column column) {
    column.users--;
    if (column.users == 0) {
      columns.remove(column.name);
      drop(column);
    }
  }

  private void drop(Column column) {
    try {
      database.dropColumnFamily(column.handle);
    } catch (RocksDBException e) {
      throw RocksFailure.of("remove the state " + column.name, e);
    } finally {
      handles.close(column.handle);
    }
  }

  /** A column family and the number of tasks that use it. */
  static final class Column {
    private final String name;
    private final ColumnFamilyHandle handle;
    private int users;

    private Column(String name, ColumnFamilyHandle handle) {
      this.name = name;
      this.handle = handle;
    }

    String name() {
      return name;
    }

    ColumnFamilyHandle handle() {
      return handle;
    }
  }
}
