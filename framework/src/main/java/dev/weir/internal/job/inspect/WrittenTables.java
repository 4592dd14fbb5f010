package dev.weir.internal.job.inspect;

import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.state.FileHeader;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables in a checkpoint, as each of its files says that they were written. A base of RocksDB
 * is fetched to a temporary folder and opened there. Blocks; confined to one thread.
 */
final class WrittenTables implements AutoCloseable {
  private final CheckpointManifest manifest;
  private final CheckpointStore store;
  private final Optional<StateStore.SavedRows> base;

  /**
   * Opens the base, if there is one.
   *
   * @param manifest the checkpoint, under the names of now
   * @param writtenNames stages that are called otherwise in files
   */
  WrittenTables(
      CheckpointManifest manifest, CheckpointStore store, Map<String, String> writtenNames) {
    this.manifest = manifest;
    this.store = store;
    this.base =
        manifest
            .base()
            .map(
                shared ->
                    RocksBaseRows.open(
                        shared,
                        new StateStore.Origin(
                            manifest.job(),
                            manifest.lineage(),
                            Optional.of(manifest),
                            store,
                            writtenNames)));
  }

  /** The rows of the base, open as long as this is. */
  Optional<StateStore.SavedRows> base() {
    return base;
  }

  /** Those of a stage; a table that was written in several ways is there several times. */
  Set<FileHeader.Table> of(String stage) {
    Set<FileHeader.Table> tables = new LinkedHashSet<>();
    base.ifPresent(rows -> tables.addAll(rows.tables(stage)));
    List<FileRef> files =
        manifest.stages().get(stage).stream()
            .flatMap(part -> part.files().stream())
            .distinct()
            .toList();
    for (FileRef file : files) {
      store.read(
          file,
          in -> {
            tables.addAll(FileHeader.readFrom(in).tables());
            in.transferTo(OutputStream.nullOutputStream());
          });
    }
    return tables;
  }

  @Override
  public void close() {
    base.ifPresent(StateStore.SavedRows::close);
  }
}
