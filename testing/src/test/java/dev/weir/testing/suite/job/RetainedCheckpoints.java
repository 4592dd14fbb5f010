package dev.weir.testing.suite.job;

import dev.weir.error.WeirException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.operator.DeclaredTables;
import dev.weir.internal.operator.SourcePart;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FileSnapshotStore;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Restores, with nothing but its files, every checkpoint of a folder whose manifest is there: all
 * of its state, and reads every file that it names to its end. As a hook it does so before each
 * removal, so after each one before, and writes down what it finds, since whoever runs the job may
 * be killed before he can tell. Thread-safe.
 */
public final class RetainedCheckpoints implements CrashPoint.Hook {
  private static final String CHECKPOINTS = "checkpoints";
  private static final String MANIFEST = "/manifest.weir";

  private final Path findings;
  private final LogicalGraph graph;
  private final FileSnapshotStore objects;
  private final CheckpointStore store;

  RetainedCheckpoints(Path folder, LogicalGraph graph) {
    this.findings = folder.resolveSibling("findings");
    this.graph = graph;
    this.objects = new FileSnapshotStore(folder, new FileDisk(), CrashPoint.Hook.NONE);
    this.store = new CheckpointStore(objects, folder.toString(), CrashPoint.Hook.NONE);
  }

  @Override
  public void reached(CrashPoint point, long checkpointId) {
    if (point == CrashPoint.BEFORE_DELETE) {
      restoreAll();
    }
  }

  /** What was found wrong so far, by any process. */
  public List<String> findings() {
    try {
      return Files.exists(findings) ? Files.readAllLines(findings) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Restores all that are there, and returns how many that were. */
  public int restoreAll() {
    int restored = 0;
    for (String name : manifests()) {
      Optional<FileRef> file = fileOf(name);
      if (file.isPresent() && isWhole(file.get())) {
        restored++;
      }
    }
    return restored;
  }

  private List<String> manifests() {
    try {
      return objects.list(CHECKPOINTS).stream().filter(name -> name.endsWith(MANIFEST)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty: it was removed meanwhile. */
  private Optional<FileRef> fileOf(String name) {
    try (InputStream in = objects.open(name, 0, Long.MAX_VALUE)) {
      return Optional.of(FileRef.of(name, 0, in.readAllBytes()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another instance may remove one while it is read; then the manifest is removed first. */
  private boolean isWhole(FileRef file) {
    try {
      CheckpointManifest manifest = store.readManifest(file);
      manifest.files().distinct().forEach(named -> store.read(named, InputStream::readAllBytes));
      restore(manifest);
      return true;
    } catch (WeirException e) {
      if (fileOf(file.location()).isPresent()) {
        tell(file.location() + " is not whole: " + e.getMessage());
      }
      return false;
    }
  }

  private void tell(String finding) {
    try {
      Files.writeString(
          findings,
          finding + System.lineSeparator(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void restore(CheckpointManifest manifest) {
    Lineage next = manifest.lineage().with(new Lineage.Run(0, 0, manifest.checkpointId() + 1));
    try (StateStore states = new HeapStateStore(RocksBaseRows::open)) {
      states.begin(new StateStore.Origin(manifest.job(), next, Optional.of(manifest), store));
      for (Stage stage : graph.stages()) {
        List<StagePart> parts = manifest.stages().getOrDefault(stage.name(), List.of());
        if (stage instanceof Stage.SourceStage<?>) {
          SourcePart.decode(stage.name(), parts);
        } else if (!parts.isEmpty()) {
          restore(stage, parts, manifest.maxParallelism(), states);
        }
      }
    }
  }

  private void restore(Stage stage, List<StagePart> parts, int maxParallelism, StateStore states) {
    StateScope scope = StateScope.of(stage.name(), 0, 0, maxParallelism, 1);
    try (KeyedStateBackend backend = states.backend(scope)) {
      for (TableDescriptor<?, ?> table : declared(stage, parts, scope)) {
        backend.table(table);
      }
      backend.restore(parts, store);
    }
  }

  private List<TableDescriptor<?, ?>> declared(
      Stage stage, List<StagePart> parts, StateScope scope) {
    try (HeapStateStore empty = new HeapStateStore(RocksBaseRows::open)) {
      return DeclaredTables.of(stage, graph, parts, empty.backend(scope)).tables();
    } catch (WeirException known) {
      throw known;
    } catch (Exception e) {
      throw new IllegalStateException("Stage " + stage.name() + " could not be built", e);
    }
  }
}
