package dev.weir.internal.operator;

import dev.weir.connector.SinkWriter;
import dev.weir.connector.SourceReader;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.pertask.Subtask;
import dev.weir.pipeline.Stage;
import java.util.List;

/** Gives the operators of one task what they need from outside. Called on an I/O thread. */
public interface OperatorFactory {
  /** Which task this is. */
  Subtask subtask();

  /** A new reader for a source. */
  <T> SourceReader<T> reader(Stage.SourceStage<T> stage) throws Exception;

  /** A new writer for a sink. */
  <T> SinkWriter<T> writer(Stage.SinkStage<T> stage) throws Exception;

  /** A new, empty backend for a keyed stage. */
  KeyedStateBackend backend(String stage);

  /** Where a stage's records leave the task: one output per input of another chain. */
  <T> List<Output<T>> gates(Stage stage);
}
