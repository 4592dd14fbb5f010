package dev.weir.pipeline;

import dev.weir.function.KeyedBroadcastProcessFunction;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.StateDescriptor;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Records grouped by key together with records that every task sees.
 *
 * @param <K> type of the key
 * @param <T> type of the keyed records
 * @param <B> type of the broadcast records
 */
public final class BroadcastConnectedStream<K, T, B> {
  private final Pipeline pipeline;
  private final List<Integer> inputs;
  private final Stage.Keying<T, K> keying;
  private final List<MapStateDescriptor<?, ?>> states;

  BroadcastConnectedStream(
      Pipeline pipeline,
      List<Integer> inputs,
      Stage.Keying<T, K> keying,
      List<MapStateDescriptor<?, ?>> states) {
    this.pipeline = pipeline;
    this.inputs = inputs;
    this.keying = keying;
    this.states = states;
  }

  /**
   * Processes the records of both. Barriers are aligned and watermarks combined over both: event
   * time is that of the slower one.
   *
   * @param name unique in the pipeline; the identity of the state in checkpoints
   * @param function the work
   * @param <R> type given
   * @return the results
   * @throws dev.weir.error.InvalidPipelineException if the name, or that of a declared state, is
   *     missing, malformed or used already
   */
  public <R> DataStream<R> process(
      String name, KeyedBroadcastProcessFunction<K, T, B, R> function) {
    Objects.requireNonNull(function, "function");
    StateNames.check(
        "The function of stage '" + name + "', with what is broadcast to it,",
        Stream.concat(function.states().stream(), states.stream())
            .map(StateDescriptor::name)
            .toList());
    return new DataStream<>(
        pipeline,
        pipeline.addNamed(
            "process stage",
            name,
            id -> new Stage.BroadcastProcessStage<>(id, name, inputs, keying, function, states)));
  }
}
