package dev.weir.internal.state.rocksdb;

import dev.weir.internal.cache.RowCache;
import dev.weir.internal.state.StateStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.RocksDB;

/**
 * What all tasks share. Thread-safe.
 *
 * @param local the open database and all that belongs to it
 * @param marks what it said of itself when it was opened
 * @param bases what is saved of it
 * @param origin what is restored
 * @param io where layers sink
 * @param cache rows above the database
 * @param unsunk bytes of all tasks' rows that have not sunk
 * @param files counts the files made
 */
record RocksContext(
    LocalDatabase local,
    Marks marks,
    RocksBases bases,
    StateStore.Origin origin,
    Executor io,
    RowCache cache,
    AtomicLong unsunk,
    AtomicLong files) {
  /** What the names of files begin with that are on their way into the database. */
  static final String SINKING = "sinking-";

  /** The same for tasks that go on from here. */
  RocksContext from(StateStore.Origin other, Marks now) {
    return new RocksContext(local, now, bases, other, io, cache, unsunk, files);
  }

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

  /** Layers of so many bytes sink as files of their own: they would fill a write buffer at once. */
  long smallestFileBytes() {
    return settings().memory().writeBufferBytes() / 4;
  }

  /** Removes what newFile named and nobody took over, because a process died. */
  static void removeFiles(Path folder) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, SINKING + "*.sst")) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  /** A file's name that nothing has yet, beside the database's own. */
  Path newFile() {
    return Path.of(database().getName()).resolve(SINKING + files.incrementAndGet() + ".sst");
  }

  Batch batch() {
    return new Batch(database(), settings(), handles());
  }
}
