package dev.weir.benchmarks.micro;

import dev.weir.connector.SinkWriter;
import dev.weir.connector.SourceReader;
import dev.weir.internal.operator.OperatorFactory;
import dev.weir.internal.operator.Output;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.pertask.Subtask;
import dev.weir.internal.state.rocksdb.RocksBaseRows;
import dev.weir.pipeline.Stage;
import java.util.ArrayList;
import java.util.List;

/** Operators of a task alone, its state on the heap. */
final class HeapOperators implements OperatorFactory {
  private static final int MAX_PARALLELISM = 128;

  private final List<KeyedStateBackend> backends = new ArrayList<>();

  @Override
  public Subtask subtask() {
    return new Subtask(0, 1);
  }

  @Override
  public <T> SourceReader<T> reader(Stage.SourceStage<T> stage) {
    throw new UnsupportedOperationException("The chain has no source.");
  }

  @Override
  public <T> SinkWriter<T> writer(Stage.SinkStage<T> stage) {
    return new NoSink<T>().createWriter(null);
  }

  @Override
  public KeyedStateBackend backend(String stage) {
    KeyedStateBackend backend =
        new HeapStateStore(RocksBaseRows::open)
            .backend(StateScope.of(stage, 0, 1, MAX_PARALLELISM, 1));
    backends.add(backend);
    return backend;
  }

  /** Begins with no rows; when all tables are made. */
  void restoreNothing() {
    backends.forEach(backend -> backend.restore(List.of(), null));
  }

  @Override
  public <T> List<Output<T>> gates(Stage stage) {
    return List.of();
  }
}
