package dev.weir.internal.job.inspect;

import dev.weir.connector.SourceSplit;
import dev.weir.connector.SplitChanges;
import dev.weir.error.WeirException;
import dev.weir.internal.job.RestoreCheck;
import dev.weir.internal.operator.DeclaredTables;
import dev.weir.internal.operator.SourcePart;
import dev.weir.internal.operator.SplitState;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.FileHeader;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what kept stages declare with what was written of them, by the same rules as a restore.
 * Confined to one thread.
 */
final class StateComparison {
  private final LogicalGraph graph;
  private final CheckpointManifest manifest;
  private final List<String> changed = new ArrayList<>();
  private final List<String> incompatible = new ArrayList<>();

  StateComparison(LogicalGraph graph, RestoreCheck check) {
    this.graph = graph;
    this.manifest = check.underNamesOfNow();
  }

  /** What goes on otherwise than before. */
  List<String> changed() {
    return changed;
  }

  /** Why a job would refuse. */
  List<String> incompatible() {
    return incompatible;
  }

  /** Looks at one stage of which both have something. */
  void compare(String name, WrittenTables written) {
    Stage stage =
        graph.stages().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    List<StagePart> parts = manifest.stages().get(name);
    try {
      if (stage instanceof Stage.SourceStage<?> source) {
        compareSource(source, parts);
      } else {
        DeclaredTables.Found declared = declared(stage, parts);
        declared.changes().forEach(each -> changed.add(about(name, each)));
        compareTables(name, declared.tables(), written.of(name));
      }
    } catch (WeirException misfit) {
      incompatible.add(about(name, misfit.getMessage()));
    }
  }

  private void compareSource(Stage.SourceStage<?> stage, List<StagePart> parts) {
    List<SourceSplit> splits =
        SourcePart.decode(stage.name(), parts).stream().map(SplitState::split).toList();
    SplitChanges changes = stage.source().compare(splits);
    changes.refused().forEach(each -> incompatible.add(about(stage.name(), each)));
    changes.noted().forEach(each -> changed.add(about(stage.name(), each)));
  }

  private DeclaredTables.Found declared(Stage stage, List<StagePart> parts) {
    StateScope scope = StateScope.of(stage.name(), 0, 0, manifest.maxParallelism(), 1);
    try (HeapStateStore empty = new HeapStateStore(RocksBaseRows::open)) {
      return DeclaredTables.of(stage, graph, parts, empty.backend(scope));
    } catch (WeirException known) {
      throw known;
    } catch (Exception e) {
      throw new IllegalStateException("Stage '" + stage.name() + "' could not be built", e);
    }
  }

  private void compareTables(
      String stage, List<TableDescriptor<?, ?>> declared, Set<FileHeader.Table> written) {
    for (FileHeader.Table table : written) {
      Optional<String> misfit = BottomStore.Target.misfit(declared, table);
      misfit.ifPresent(why -> incompatible.add(about(stage, why + ".")));
      if (misfit.isEmpty()) {
        noteRewritten(stage, declared, table);
      }
    }
    for (TableDescriptor<?, ?> table : declared) {
      boolean isNew = written.stream().noneMatch(each -> each.name().equals(table.name()));
      if (isNew && !written.isEmpty()) {
        changed.add(about(stage, "table '" + table.name() + "' is new and begins empty."));
      }
    }
  }

  private void noteRewritten(
      String stage, List<TableDescriptor<?, ?>> declared, FileHeader.Table written) {
    declared.stream()
        .filter(table -> table.name().equals(written.name()))
        .filter(table -> BottomStore.Target.isRewritten(table, written))
        .map(
            table ->
                "values of table '"
                    + table.name()
                    + "' become "
                    + table.valueSerializer().schema()
                    + ", they were written as "
                    + written.valueSchema()
                    + ".")
        .forEach(text -> changed.add(about(stage, text)));
  }

  private static String about(String stage, String what) {
    return "stage '" + stage + "': " + what;
  }
}
