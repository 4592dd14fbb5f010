package dev.weir.internal.state.rocksdb;

import dev.weir.error.StorageException;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.LayeredBackend;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The RocksDB of a job process. Its files are removed when it is opened and when it is closed. */
public final class RocksStateStore implements StateStore {
  private final Path folder;
  private final boolean isTemporary;
  private final RocksContext context;
  private final ColumnFamilyHandle unused;
  private boolean isClosed;

  private RocksStateStore(
      Path folder, boolean isTemporary, RocksContext context, ColumnFamilyHandle unused) {
    this.folder = folder;
    this.isTemporary = isTemporary;
    this.context = context;
    this.unused = unused;
  }

  /** As {@link #open(Path, Executor)}; layers sink on the thread that lets them. */
  public static RocksStateStore open(Path directory) {
    return open(directory, Runnable::run);
  }

  /**
   * Opens an empty database in a folder of its own below the directory.
   *
   * @param io runs the sinking of layers, which blocks
   */
  public static RocksStateStore open(Path directory, Executor io) {
    try {
      Files.createDirectories(directory);
      return open(directory.resolve("weir-rocksdb").toAbsolutePath(), false, io);
    } catch (IOException e) {
      throw noFolder(directory.toString(), e);
    }
  }

  /** Opens an empty database in a new folder among the temporary ones, which goes with it. */
  public static RocksStateStore openTemporary(String job, Executor io) {
    try {
      Path directory = Files.createTempDirectory("weir-" + job + "-");
      return open(directory.resolve("weir-rocksdb"), true, io);
    } catch (IOException e) {
      throw noFolder("a temporary folder", e);
    }
  }

  private static StorageException noFolder(String what, IOException e) {
    return new StorageException(
        "Tried to make " + what + " for RocksDB: " + e + ". Set state.local.directory.", e);
  }

  private static RocksStateStore open(Path folder, boolean isTemporary, Executor io) {
    RocksDB.loadLibrary();
    NativeHandles handles = new NativeHandles();
    RocksSettings settings = new RocksSettings(handles);
    try {
      destroy(folder);
      List<ColumnFamilyHandle> families = new ArrayList<>();
      RocksDB database =
          handles.opened(
              RocksDB.open(
                  settings.database(),
                  folder.toString(),
                  List.of(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY)),
                  families));
      Columns columns = new Columns(database, settings.column(), handles);
      return new RocksStateStore(
          folder,
          isTemporary,
          new RocksContext(database, settings, columns, handles, io),
          handles.opened(families.get(0)));
    } catch (RocksDBException e) {
      settings.close();
      throw RocksFailure.of("open " + folder, e);
    }
  }

  @Override
  public KeyedStateBackend backend(StateScope scope) {
    return new LayeredBackend(scope, new RocksBottomStore(context, scope));
  }

  int openHandles() {
    return context.handles().open();
  }

  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    context.handles().close(unused);
    context.handles().close(context.database());
    context.settings().close();
    try {
      destroy(folder);
      if (isTemporary) {
        Files.deleteIfExists(folder);
        Files.deleteIfExists(folder.getParent());
      }
    } catch (RocksDBException e) {
      throw RocksFailure.of("remove " + folder, e);
    } catch (IOException e) {
      throw new StorageException("Tried to remove " + folder + ": " + e + ". Remove it.", e);
    }
  }

  /** Removes what a database left there, and nothing else. */
  private static void destroy(Path folder) throws RocksDBException {
    if (Files.exists(folder)) {
      try (Options options = new Options()) {
        RocksDB.destroyDB(folder.toString(), options);
      }
    }
  }
}
