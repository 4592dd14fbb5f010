package dev.weir.internal.operator;

import dev.weir.connector.SinkWriter;
import dev.weir.connector.SourceReader;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import dev.weir.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a keyed stage, found by building its operator as a job would, upon a backend that
 * takes note. Nothing runs. Confined to one thread.
 */
public final class DeclaredTables implements OperatorFactory, KeyedStateBackend {
  private final KeyedStateBackend empty;
  private final List<TableDescriptor<?, ?>> tables = new ArrayList<>();

  private DeclaredTables(KeyedStateBackend empty) {
    this.empty = empty;
  }

  /**
   * Finds them.
   *
   * @param parts what is to be restored, of which the inline parts are read too
   * @param empty makes tables that nobody uses; is closed
   * @throws dev.weir.error.RestoreException if the inline parts are not of a keyed stage
   */
  public static List<TableDescriptor<?, ?>> of(
      Stage stage, LogicalGraph graph, List<StagePart> parts, KeyedStateBackend empty)
      throws Exception {
    try (DeclaredTables tables = new DeclaredTables(empty)) {
      OperatorChain.build(stage, graph, stage::equals, tables, Clock.system())
          .restoreWatermark(stage.name(), parts);
      return List.copyOf(tables.tables);
    }
  }

  @Override
  public KeyedStateBackend backend(String stage) {
    return this;
  }

  @Override
  public <T> List<Output<T>> gates(Stage stage) {
    return List.of();
  }

  @Override
  public <K, V> StateTable<K, V> table(TableDescriptor<K, V> descriptor) {
    tables.add(descriptor);
    return empty.table(descriptor);
  }

  @Override
  public <T> SourceReader<T> reader(Stage.SourceStage<T> stage) {
    throw new IllegalStateException("A keyed stage reads no source");
  }

  @Override
  public <T> SinkWriter<T> writer(Stage.SinkStage<T> stage) {
    throw new IllegalStateException("Nothing is written");
  }

  @Override
  public void restore(List<StagePart> parts, CheckpointStore store) {
    throw new IllegalStateException("Nothing is restored");
  }

  @Override
  public FrozenState freeze(long checkpointId) {
    throw new IllegalStateException("Nothing runs");
  }

  @Override
  public void completed(long checkpointId) {
    throw new IllegalStateException("Nothing runs");
  }

  @Override
  public boolean sinkSome() {
    throw new IllegalStateException("Nothing runs");
  }

  @Override
  public void close() {
    empty.close();
  }
}
