package dev.weir.internal.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.RestoreException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.LossyDisk;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateEvolutionContract;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.serde.TypeSerializers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStateEvolutionTest extends StateEvolutionContract {
  private static final Path ROOT = Path.of("/job");

  @TempDir private Path directory;

  @Override
  protected StateStore openStore() {
    return store();
  }

  private RocksStateStore store() {
    return RocksStateStore.in(
        directory.resolve("local"),
        new RocksStateStore.Engine(
            Runnable::run,
            CrashPoint.Hook.NONE,
            failure -> {
              throw new AssertionError(failure);
            }));
  }

  @Test
  void shouldWriteLocalRowsAnewWhenTheirTypeHasChanged() throws IOException {
    LossyDisk disk = new LossyDisk(ROOT);
    CheckpointStore files = FolderStores.in(ROOT, disk);
    files.open("job");
    RocksStateStore store = store();
    Lineage first = Lineage.NONE.with(new Lineage.Run(1, 1, 0));
    store.begin(new StateStore.Origin("job", first, Optional.empty(), files));
    CheckpointManifest manifest = counted(store, files, first);
    store.close();
    for (FileRef file : manifest.files().toList()) {
      disk.delete(ROOT.resolve(file.location()));
    }

    for (long attempt = 2; attempt < 4; attempt++) {
      Lineage next = first.with(new Lineage.Run(attempt, attempt, 1));
      store.begin(new StateStore.Origin("job", next, Optional.of(manifest), files));
      try (KeyedStateBackend backend = backend(store, attempt)) {
        StateTable<String, Long> table = backend.table(table(Long.class));
        backend.restore(manifest.stages().get("count"), files);

        assertThat(table.get(0, "a")).isEqualTo(7L);
        assertThat(table.get(0, "b")).isEqualTo(8L);
      }
      store.close();
    }
  }

  @Test
  void shouldRefuseLocalRowsOfOtherWindowsAndTakeThoseThatDoNotSay() {
    CheckpointStore files = FolderStores.in(ROOT, new LossyDisk(ROOT));
    files.open("job");
    RocksStateStore store = store();
    Lineage first = Lineage.NONE.with(new Lineage.Run(1, 1, 0));
    store.begin(new StateStore.Origin("job", first, Optional.empty(), files));
    CheckpointManifest manifest = counted(store, files, first, windows("tumbling 10s"));
    store.close();

    assertThatThrownBy(() -> restored(store, files, manifest, 2, windows("tumbling 20s")))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("window was tumbling 10s, is tumbling 20s");
    store.close();
    assertThat(restored(store, files, manifest, 3, windows("tumbling 10s"))).isEqualTo(7);
    store.close();
  }

  @Test
  void shouldGoOnFromLocalRowsThatDoNotTellTheirWindows() {
    CheckpointStore files = FolderStores.in(ROOT, new LossyDisk(ROOT));
    files.open("job");
    RocksStateStore store = store();
    Lineage first = Lineage.NONE.with(new Lineage.Run(1, 1, 0));
    store.begin(new StateStore.Origin("job", first, Optional.empty(), files));
    CheckpointManifest manifest = counted(store, files, first, windows(""));
    store.close();

    for (long attempt = 2; attempt < 4; attempt++) {
      assertThat(restored(store, files, manifest, attempt, windows("tumbling 10s"))).isEqualTo(7);
      store.close();
    }
  }

  private static TableDescriptor<String, Integer> windows(String windows) {
    return new TableDescriptor<>(
        "windows",
        true,
        TypeSerializers.of(String.class),
        TypeSerializers.of(Integer.class),
        windows);
  }

  private static int restored(
      RocksStateStore store,
      CheckpointStore files,
      CheckpointManifest manifest,
      long attempt,
      TableDescriptor<String, Integer> descriptor) {
    Lineage next = manifest.lineage().with(new Lineage.Run(attempt, attempt, 1));
    store.begin(new StateStore.Origin("job", next, Optional.of(manifest), files));
    try (KeyedStateBackend backend = backend(store, attempt)) {
      StateTable<String, Integer> table = backend.table(descriptor);
      backend.restore(manifest.stages().get("count"), files);
      return table.get(0, "a");
    }
  }

  private static CheckpointManifest counted(
      StateStore store, CheckpointStore files, Lineage lineage) {
    return counted(store, files, lineage, table(Integer.class));
  }

  private static CheckpointManifest counted(
      StateStore store,
      CheckpointStore files,
      Lineage lineage,
      TableDescriptor<String, Integer> descriptor) {
    try (KeyedStateBackend backend = backend(store, 1)) {
      StateTable<String, Integer> table = backend.table(descriptor);
      backend.restore(List.of(), files);
      table.put(0, "a", 7);
      table.put(0, "b", 8);
      StatePack pack = files.pack(0, 1, 1);
      List<FileRef> written = backend.freeze(0).write(pack);
      pack.done().toCompletableFuture().join();
      backend.completed(0);
      return new CheckpointManifest(
          "job",
          0,
          1,
          8,
          lineage,
          Map.of("count", List.of(new StagePart(0, new byte[0], written))),
          Optional.empty());
    }
  }

  private static KeyedStateBackend backend(StateStore store, long attempt) {
    return store.backend(StateScope.of("count", 0, attempt, 8, 1));
  }

  private static <V> TableDescriptor<String, V> table(Class<V> values) {
    return new TableDescriptor<>(
        "numbers", false, TypeSerializers.of(String.class), TypeSerializers.of(values));
  }
}
