package dev.weir.pipeline;

import dev.weir.error.InvalidPipelineException;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.state.StateDescriptor;
import dev.weir.time.TumblingWindows;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Records grouped by key.
 *
 * @param <K> type of the key
 * @param <T> type of the records
 */
public final class KeyedStream<K, T> {
  private final Pipeline pipeline;
  private final int stage;
  private final Stage.Keying<T, K> keying;

  KeyedStream(Pipeline pipeline, int stage, Stage.Keying<T, K> keying) {
    this.pipeline = pipeline;
    this.stage = stage;
    this.keying = keying;
  }

  /**
   * Groups each key's records by event time. The source must give watermarks.
   *
   * @param windows the windows
   * @return the windowed records
   */
  public WindowedStream<K, T> window(TumblingWindows windows) {
    Objects.requireNonNull(windows, "windows");
    return new WindowedStream<>(pipeline, stage, keying, windows);
  }

  /**
   * Processes each record with the state and timers of its key.
   *
   * @param name unique in the pipeline; the identity of the state in checkpoints
   * @param function the work
   * @param <R> type given
   * @return the results
   * @throws InvalidPipelineException if the name, or that of a declared state, is missing,
   *     malformed or used already
   */
  public <R> DataStream<R> process(String name, KeyedProcessFunction<K, ? super T, R> function) {
    Objects.requireNonNull(function, "function");
    checkStates(name, function.states());
    return new DataStream<>(
        pipeline, pipeline.addNamed("process stage", name, id -> processStage(id, name, function)));
  }

  private static void checkStates(String stage, List<StateDescriptor<?>> states) {
    Set<String> names = new HashSet<>();
    for (StateDescriptor<?> state : states) {
      if (!names.add(Pipeline.checkedName("state", state.name()))) {
        throw new InvalidPipelineException(
            "The function of stage '"
                + stage
                + "' declares two states named '"
                + state.name()
                + "'. Names are identities in checkpoints: give one of them another name.");
      }
    }
  }

  @SuppressWarnings("unchecked") // A function of a supertype processes T as well.
  private <R> Stage processStage(
      int id, String name, KeyedProcessFunction<K, ? super T, R> function) {
    return new Stage.ProcessStage<>(
        id, name, stage, keying, (KeyedProcessFunction<K, T, R>) function);
  }
}
