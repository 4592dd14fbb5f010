package dev.weir.internal.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.key.EntryKey;
import dev.weir.internal.key.EntryKeySerializer;
import dev.weir.internal.state.FileHeader;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

class ColumnsTest {
  private static final TypeSerializer<String> STRINGS = TypeSerializers.of(String.class);
  private static final TableDescriptor<String, String> VALUES =
      new TableDescriptor<>("values", false, STRINGS, STRINGS);
  private static final TableDescriptor<String, String> WINDOWS =
      new TableDescriptor<>("windows", true, STRINGS, STRINGS);
  private static final TableDescriptor<EntryKey<String>, String> ENTRIES =
      new TableDescriptor<>("entries", false, new EntryKeySerializer<>(STRINGS, STRINGS), STRINGS);

  @TempDir private Path directory;
  private final NativeHandles handles = new NativeHandles();
  private LocalDatabase database;

  @BeforeEach
  void open() throws RocksDBException {
    database = LocalDatabase.open(directory, StateMemory.SMALL, handles);
  }

  @AfterEach
  void close() {
    database.close();
    assertThat(handles.open()).isZero();
  }

  @Test
  void shouldLetFilesWaitForLongerUntilTheyAreRead() throws RocksDBException {
    Columns.Column column = database.columns().of("stage", VALUES);
    assertThat(column.isNew()).isTrue();
    assertThat(filesBeforeCompaction(column)).isEqualTo(16);

    database.columns().read(column);
    database.columns().read(column);

    assertThat(filesBeforeCompaction(column)).isEqualTo(8);
  }

  @Test
  void shouldNotLetThemWaitWhereRowsAreWalkedOver() throws RocksDBException {
    assertThat(filesBeforeCompaction(database.columns().of("stage", WINDOWS))).isEqualTo(8);
    assertThat(filesBeforeCompaction(database.columns().of("stage", ENTRIES))).isEqualTo(8);
  }

  @Test
  void shouldReadWhatWasThereBefore() throws RocksDBException {
    database.columns().of("stage", VALUES);
    database.close();
    open();

    Columns.Column column =
        database.columns().find("stage", FileHeader.Table.of(VALUES)).orElseThrow();

    assertThat(column.isNew()).isFalse();
    assertThat(filesBeforeCompaction(column)).isEqualTo(8);
  }

  private int filesBeforeCompaction(Columns.Column column) throws RocksDBException {
    return database.database().getOptions(column.handle()).level0FileNumCompactionTrigger();
  }
}
