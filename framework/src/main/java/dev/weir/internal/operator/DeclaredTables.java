package dev.weir.internal.operator;

import dev.weir.connector.SinkWriter;
import dev.weir.connector.SourceReader;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.internal.state.pertask.Subtask;
import dev.weir.job.ReadLevel;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import dev.weir.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a stage with state declares, found by building its operator as a job would, upon a backend
 * that takes note. Nothing runs. Confined to one thread.
 */
public final class DeclaredTables implements OperatorFactory, KeyedStateBackend {
  private final KeyedStateBackend empty;
  private final List<TableDescriptor<?, ?>> tables = new ArrayList<>();

  private DeclaredTables(KeyedStateBackend empty) {
    this.empty = empty;
  }

  /**
   * What was found.
   *
   * @param tables those of a keyed stage
   * @param changes what of the inline parts goes on otherwise, in sentences
   */
  public record Found(List<TableDescriptor<?, ?>> tables, List<String> changes) {
    /** Makes the lists unmodifiable. */
    public Found {
      tables = List.copyOf(tables);
      changes = List.copyOf(changes);
    }
  }

  /**
   * Finds it.
   *
   * @param parts what is to be restored, of which the inline parts are read too
   * @param empty makes tables that nobody uses; is closed
   * @throws dev.weir.error.RestoreException if the inline parts are not of such a stage
   */
  public static Found of(
      Stage stage, LogicalGraph graph, List<StagePart> parts, KeyedStateBackend empty)
      throws Exception {
    try (DeclaredTables tables = new DeclaredTables(empty)) {
      OperatorChain chain =
          OperatorChain.build(stage, graph, stage::equals, tables, Clock.system());
      chain.restore(stage.name(), parts);
      return new Found(tables.tables, chain.changes(stage.name(), parts));
    }
  }

  @Override
  public Subtask subtask() {
    return new Subtask(0, 1);
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
    throw new IllegalStateException("It is no source");
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
  public Map<TableDescriptor<?, ?>, StateTable<?, ?>> view(ReadLevel level) {
    throw new IllegalStateException("Nothing is asked");
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
  public void settle() {
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
