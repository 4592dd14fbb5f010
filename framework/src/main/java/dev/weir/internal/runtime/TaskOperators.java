package dev.weir.internal.runtime;

import dev.weir.connector.SinkWriter;
import dev.weir.connector.SourceReader;
import dev.weir.internal.channel.OutputGate;
import dev.weir.internal.operator.OperatorFactory;
import dev.weir.internal.operator.Output;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.pertask.Subtask;
import dev.weir.pipeline.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Gives one task's operators their readers, writers, state and gates, and remembers what it gave.
 */
final class TaskOperators implements OperatorFactory {
  private final Subtask subtask;
  private final Function<String, TaskContext> contexts;
  private final Function<Stage, List<OutputGate<Object>>> outputs;
  private final OpenReaders readers;
  private final Map<String, KeyedStateBackend> backends = new LinkedHashMap<>();
  private final List<OutputGate<?>> gates = new ArrayList<>();

  TaskOperators(
      Subtask subtask,
      Function<String, TaskContext> contexts,
      Function<Stage, List<OutputGate<Object>>> outputs,
      OpenReaders readers) {
    this.subtask = subtask;
    this.readers = readers;
    this.contexts = contexts;
    this.outputs = outputs;
  }

  @Override
  public Subtask subtask() {
    return subtask;
  }

  @Override
  public <T> SourceReader<T> reader(Stage.SourceStage<T> stage) throws Exception {
    return readers.take(stage, contexts.apply(stage.name()));
  }

  @Override
  public <T> SinkWriter<T> writer(Stage.SinkStage<T> stage) throws Exception {
    return stage.sink().createWriter(contexts.apply(stage.name()));
  }

  @Override
  public KeyedStateBackend backend(String stage) {
    TaskContext context = contexts.apply(stage);
    KeyedStateBackend backend = context.scope().backends().create(stage, context.subtaskIndex());
    backends.put(stage, backend);
    return backend;
  }

  @Override
  @SuppressWarnings("unchecked") // A gate carries any record.
  public <T> List<Output<T>> gates(Stage stage) {
    List<OutputGate<Object>> made = outputs.apply(stage);
    gates.addAll(made);
    return (List<Output<T>>) (List<?>) made;
  }

  Map<String, KeyedStateBackend> backends() {
    return backends;
  }

  List<OutputGate<?>> gates() {
    return gates;
  }
}
