package dev.weir.internal.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.LossyDisk;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.serde.TypeSerializers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base holds the names that stages had when it was made. */
class RenamedBaseTest {
  private static final Path ROOT = Path.of("/job");
  private static final TableDescriptor<String, Long> NUMBERS =
      new TableDescriptor<>(
          "numbers", false, TypeSerializers.of(String.class), TypeSerializers.of(Long.class));

  @TempDir private Path directory;
  private final LossyDisk disk = new LossyDisk(ROOT);
  private final CheckpointStore files = FolderStores.in(ROOT, disk);

  @Test
  void shouldReadABaseUnderTheEarlierNameAndNeedItNoMore() throws IOException {
    files.open("job");
    CheckpointManifest based = putAndCheckpoint(Optional.empty(), Map.of(), "count", "a", 0);
    based = putAndCheckpoint(Optional.of(based), Map.of(), "count", "b", 1);
    assertThat(based.base()).isPresent();

    CheckpointManifest renamed = based.renamed(Map.of("count", "total"));
    Map<String, String> names = Map.of("total", "count");
    CheckpointManifest own = putAndCheckpoint(Optional.of(renamed), names, "total", "c", 2);

    assertThat(own.files()).doesNotContainAnyElementsOf(based.files().toList());
    for (FileRef file : based.files().toList()) {
      if (disk.exists(ROOT.resolve(file.location()))) {
        disk.delete(ROOT.resolve(file.location()));
      }
    }
    CheckpointManifest later = putAndCheckpoint(Optional.of(own), Map.of(), "total", "d", 3);
    assertThat(later.base()).as("a base under the names of now").isPresent();
    assertThat(rowsOf(RocksStateStore.inTemporary(engine()), later, "total"))
        .isEqualTo(Map.of("a", 0L, "b", 1L, "c", 2L, "d", 3L));
    assertThat(rowsOf(new HeapStateStore(RocksBaseRows::open), later, "total"))
        .isEqualTo(Map.of("a", 0L, "b", 1L, "c", 2L, "d", 3L));
  }

  /** One attempt of one task that restores, puts a row, and completes two checkpoints. */
  private CheckpointManifest putAndCheckpoint(
      Optional<CheckpointManifest> before,
      Map<String, String> names,
      String stage,
      String key,
      long attempt) {
    long first = 2 * attempt;
    Lineage lineage =
        before
            .map(CheckpointManifest::lineage)
            .orElse(Lineage.NONE)
            .with(new Lineage.Run(attempt, attempt, first));
    StateStore store = RocksStateStore.in(directory.resolve("local"), engine());
    store.begin(new StateStore.Origin("job", lineage, before, files, names));
    try (KeyedStateBackend backend = store.backend(StateScope.of(stage, 0, attempt, 8, 1))) {
      StateTable<String, Long> table = backend.table(NUMBERS);
      backend.restore(before.map(m -> m.stages().get(stage)).orElse(List.of()), files);
      table.put(0, key, attempt);
      checkpoint(store, backend, stage, lineage, first);
      return checkpoint(store, backend, stage, lineage, first + 1);
    } finally {
      store.close();
    }
  }

  private CheckpointManifest checkpoint(
      StateStore store, KeyedStateBackend backend, String stage, Lineage lineage, long id) {
    Optional<SharedBase> base = store.bases().newest();
    StatePack pack = files.pack(id, lineage.runs().get(lineage.runs().size() - 1).attempt(), 1);
    List<FileRef> written = backend.freeze(id).write(pack);
    pack.done().toCompletableFuture().join();
    CheckpointManifest manifest =
        new CheckpointManifest(
            "job",
            id,
            lineage.runs().get(lineage.runs().size() - 1).attempt(),
            8,
            lineage,
            Map.of(stage, List.of(new StagePart(0, new byte[0], written))),
            base);
    backend.completed(id);
    store.bases().completed(manifest);
    return manifest;
  }

  private Map<String, Long> rowsOf(StateStore store, CheckpointManifest manifest, String stage) {
    Map<String, Long> rows = new TreeMap<>();
    store.begin(
        new StateStore.Origin(
            "job",
            manifest.lineage().with(new Lineage.Run(99, 99, manifest.checkpointId() + 1)),
            Optional.of(manifest),
            files));
    try (KeyedStateBackend backend = store.backend(StateScope.of(stage, 0, 99, 8, 1))) {
      StateTable<String, Long> table = backend.table(NUMBERS);
      backend.restore(manifest.stages().get(stage), files);
      for (String key : List.of("a", "b", "c", "d", "e")) {
        Optional.ofNullable(table.get(0, key)).ifPresent(value -> rows.put(key, value));
      }
    } finally {
      store.close();
    }
    return rows;
  }

  private static RocksStateStore.Engine engine() {
    return new RocksStateStore.Engine(
        Runnable::run,
        CrashPoint.Hook.NONE,
        failure -> {
          throw new AssertionError(failure);
        },
        0);
  }
}
