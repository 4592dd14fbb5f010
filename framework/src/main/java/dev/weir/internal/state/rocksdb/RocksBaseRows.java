package dev.weir.internal.state.rocksdb;

import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.FileHeader;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.function.IntToLongFunction;
import org.rocksdb.RocksDBException;

/**
 * Reads the base of a checkpoint for state that lives elsewhere: its files are fetched to a
 * temporary folder and opened there. Confined to one I/O thread.
 */
public final class RocksBaseRows implements StateStore.SavedRows {
  private final LocalFolder folder;
  private final LocalDatabase database;
  private final StoredRows rows;

  private RocksBaseRows(LocalFolder folder, LocalDatabase database, StoredRows rows) {
    this.folder = folder;
    this.database = database;
    this.rows = rows;
  }

  /** Fetches and opens a base; blocks. */
  public static StateStore.SavedRows open(SharedBase base, StateStore.Origin origin) {
    try {
      LocalFolder folder =
          new LocalFolder(
              Files.createTempDirectory("weir-" + origin.job() + "-base-"), CrashPoint.Hook.NONE);
      try {
        folder.fetch(base, origin.files());
        LocalDatabase database =
            LocalDatabase.open(folder.database(), StateMemory.SMALL, new NativeHandles());
        Marks marks = Marks.read(database.database(), database.marks());
        return new RocksBaseRows(
            folder, database, new StoredRows(database, marks, origin::writtenName));
      } catch (RuntimeException | IOException | RocksDBException failure) {
        folder.remove();
        throw failure;
      }
    } catch (RocksDBException e) {
      throw RocksFailure.of("open base " + base.id(), e);
    } catch (IOException e) {
      throw failed("fetch base " + base.id(), e);
    }
  }

  @Override
  public IntToLongFunction restoreInto(StateScope scope, BottomStore.MatchingTables tables) {
    return rows.restoreInto(scope, tables, table -> false);
  }

  @Override
  public Set<FileHeader.Table> tables(String stage) {
    return rows.tables(stage);
  }

  @Override
  public void close() {
    database.close();
    try {
      folder.remove();
    } catch (RocksDBException e) {
      throw RocksFailure.of("remove " + folder.root(), e);
    } catch (IOException e) {
      throw failed("remove " + folder.root(), e);
    }
  }

  private static StorageException failed(String what, IOException e) {
    return new StorageException(
        "Tried to " + what + ": " + e + ". Check the folder for temporary files.", e);
  }
}
