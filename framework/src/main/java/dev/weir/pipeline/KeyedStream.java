package dev.weir.pipeline;

import dev.weir.error.InvalidPipelineException;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.state.StateDescriptor;
import dev.weir.time.TumblingWindows;
import java.util.List;
import java.util.Objects;

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
    StateNames.check(
        "The function of stage '" + name + "'",
        function.states().stream().map(StateDescriptor::name).toList());
    return new DataStream<>(
        pipeline, pipeline.addNamed("process stage", name, id -> processStage(id, name, function)));
  }

  /**
   * Lets these records meet what another stream broadcasts.
   *
   * @param broadcast the records that every task sees
   * @param <B> type of the broadcast records
   * @return both streams, to be processed together
   * @throws InvalidPipelineException if they are of different pipelines
   */
  public <B> BroadcastConnectedStream<K, T, B> connect(BroadcastStream<B> broadcast) {
    return new BroadcastConnectedStream<>(
        pipeline, List.of(stage, broadcast.stream().stageIn(pipeline)), keying, broadcast.states());
  }

  @SuppressWarnings("unchecked") // A function of a supertype processes T as well.
  private <R> Stage processStage(
      int id, String name, KeyedProcessFunction<K, ? super T, R> function) {
    return new Stage.ProcessStage<>(
        id, name, stage, keying, (KeyedProcessFunction<K, T, R>) function);
  }
}
