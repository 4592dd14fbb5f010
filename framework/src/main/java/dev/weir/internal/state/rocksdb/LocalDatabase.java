package dev.weir.internal.state.rocksdb;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * An open RocksDB with all its column families; the default one holds the marks. Owns its native
 * objects.
 *
 * @param database the database
 * @param settings its options
 * @param marks where marks are
 * @param columns where rows are
 * @param handles counts what is open
 */
record LocalDatabase(
    RocksDB database,
    RocksSettings settings,
    ColumnFamilyHandle marks,
    Columns columns,
    NativeHandles handles)
    implements AutoCloseable {

  /** Opens what is in a folder, or an empty database; blocks. */
  static LocalDatabase open(Path folder, StateMemory memory, NativeHandles handles)
      throws RocksDBException {
    RocksDB.loadLibrary();
    RocksSettings settings = new RocksSettings(memory, handles);
    try {
      ColumnFamilyOptions options = settings.column();
      List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
      for (byte[] name : namesIn(folder)) {
        descriptors.add(new ColumnFamilyDescriptor(name, options));
      }
      List<ColumnFamilyHandle> families = new ArrayList<>();
      RocksDB database =
          handles.opened(
              RocksDB.open(settings.database(), folder.toString(), descriptors, families));
      Map<String, ColumnFamilyHandle> named = new HashMap<>();
      for (int i = 0; i < families.size(); i++) {
        handles.opened(families.get(i));
        named.put(
            new String(descriptors.get(i).getName(), StandardCharsets.UTF_8), families.get(i));
      }
      ColumnFamilyHandle marks =
          named.remove(new String(RocksDB.DEFAULT_COLUMN_FAMILY, StandardCharsets.UTF_8));
      Columns columns = new Columns(database, settings, handles, named);
      return new LocalDatabase(database, settings, marks, columns, handles);
    } catch (RocksDBException e) {
      settings.close();
      throw e;
    }
  }

  private static List<byte[]> namesIn(Path folder) throws RocksDBException {
    if (!Files.exists(folder.resolve("CURRENT"))) {
      return List.of(RocksDB.DEFAULT_COLUMN_FAMILY);
    }
    try (Options options = new Options()) {
      return RocksDB.listColumnFamilies(options, folder.toString());
    }
  }

  /** Blocks: what is in memory is written first. */
  @Override
  public void close() {
    columns.close();
    handles.close(marks);
    handles.close(database);
    settings.close();
  }
}
