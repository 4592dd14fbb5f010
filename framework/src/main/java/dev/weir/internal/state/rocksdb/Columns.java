package dev.weir.internal.state.rocksdb;

import dev.weir.internal.state.FileHeader;
import dev.weir.internal.state.TableDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * The column families: one per table and way of writing it, shared by the tasks of the stage. They
 * outlive the attempt. Thread-safe.
 */
final class Columns {
  private final RocksDB database;
  private final RocksSettings settings;
  private final NativeHandles handles;
  private final Map<String, Column> columns = new HashMap<>();
  private final Set<Integer> unread = new HashSet<>();
  private int created;

  /** Those there are already, by name; they are owned from now on. */
  Columns(
      RocksDB database,
      RocksSettings settings,
      NativeHandles handles,
      Map<String, ColumnFamilyHandle> there) {
    this.database = database;
    this.settings = settings;
    this.handles = handles;
    there.forEach((name, handle) -> columns.put(name, new Column(name, created++, handle, false)));
  }

  /** The column family of a table, made if it is not there. */
  synchronized Column of(String stage, TableDescriptor<?, ?> table) {
    return columns.computeIfAbsent(
        nameOf(stage, FileHeader.Table.of(table)), name -> created(name, table));
  }

  /** Walks over rows go through files, even if the row cache has the rows. */
  private Column created(String name, TableDescriptor<?, ?> table) {
    boolean isWalked = table.isTimed() || table.hasEntries();
    ColumnFamilyHandle handle =
        create(name, isWalked ? settings.column() : settings.unreadColumn());
    Column column = new Column(name, created++, handle, true);
    if (!isWalked) {
      unread.add(column.id());
    }
    return column;
  }

  /** From now on the column family's files are read, so there must be few. */
  synchronized void read(Column column) {
    if (unread.remove(column.id())) {
      try {
        database.setOptions(column.handle(), RocksSettings.asRead());
      } catch (RocksDBException e) {
        throw RocksFailure.of("have the files of " + column.name() + " compacted", e);
      }
    }
  }

  /** The column family of a table, if it is there. */
  synchronized Optional<Column> find(String stage, FileHeader.Table table) {
    return Optional.ofNullable(columns.get(nameOf(stage, table)));
  }

  static String nameOf(String stage, FileHeader.Table table) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new FileHeader(true, "", 0, 0, 0, 0, List.of(table.withoutWindows()))
          .writeTo(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // There is no stream that could fail.
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes.toByteArray());
    return stage + "/" + table.name() + "@" + Long.toHexString(crc.getValue());
  }

  private ColumnFamilyHandle create(String name, ColumnFamilyOptions options) {
    try {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      return handles.opened(
          database.createColumnFamily(new ColumnFamilyDescriptor(bytes, options)));
    } catch (RocksDBException e) {
      throw RocksFailure.of("make room for the state " + name, e);
    }
  }

  /** Drops what has none of these names. */
  synchronized void retainOnly(Set<String> names) throws RocksDBException {
    for (String name : new ArrayList<>(columns.keySet())) {
      if (!names.contains(name)) {
        Column column = columns.remove(name);
        database.dropColumnFamily(column.handle());
        handles.close(column.handle());
      }
    }
  }

  synchronized void close() {
    columns.values().forEach(column -> handles.close(column.handle()));
    columns.clear();
  }

  /**
   * A column family.
   *
   * @param name its name
   * @param id a number that no other of the database has had
   * @param handle its handle
   * @param isNew whether it was empty when the database was opened: the row cache has seen all rows
   */
  record Column(String name, int id, ColumnFamilyHandle handle, boolean isNew) {}
}
