package dev.weir.pipeline;

import dev.weir.connector.Sink;
import dev.weir.error.InvalidPipelineException;
import dev.weir.function.FilterFunction;
import dev.weir.function.FlatMapFunction;
import dev.weir.function.KeySelector;
import dev.weir.function.MapFunction;
import dev.weir.function.ProcessFunction;
import dev.weir.serde.TypeSerializer;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.TaskListDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The records that a stage gives. May be read by several stages; each gets every record.
 *
 * @param <T> type of the records
 */
public final class DataStream<T> {
  private final Pipeline pipeline;
  private final int stage;

  DataStream(Pipeline pipeline, int stage) {
    this.pipeline = pipeline;
    this.stage = stage;
  }

  /**
   * @param function makes one record of each
   * @param <R> type given
   * @return the results
   */
  public <R> DataStream<R> map(MapFunction<? super T, R> function) {
    Objects.requireNonNull(function, "function");
    return next(pipeline.add(id -> new Stage.MapStage<>(id, "map-" + id, stage, function)));
  }

  /**
   * @param function true keeps the record
   * @return the records kept
   */
  public DataStream<T> filter(FilterFunction<? super T> function) {
    Objects.requireNonNull(function, "function");
    return next(pipeline.add(id -> new Stage.FilterStage<>(id, "filter-" + id, stage, function)));
  }

  /**
   * @param function makes any number of records of each
   * @param <R> type given
   * @return the results
   */
  public <R> DataStream<R> flatMap(FlatMapFunction<? super T, R> function) {
    Objects.requireNonNull(function, "function");
    return next(pipeline.add(id -> new Stage.FlatMapStage<>(id, "flatMap-" + id, stage, function)));
  }

  /**
   * Processes each record with lists that the task keeps, without keys.
   *
   * @param name unique in the pipeline; the identity of the state in checkpoints
   * @param function the work
   * @param <R> type given
   * @return the results
   * @throws InvalidPipelineException if the name, or that of a declared list, is missing, malformed
   *     or used already
   */
  @SuppressWarnings("unchecked") // A function of a supertype processes T as well.
  public <R> DataStream<R> process(String name, ProcessFunction<? super T, R> function) {
    Objects.requireNonNull(function, "function");
    StateNames.check(
        "The function of stage '" + name + "'",
        function.states().stream().map(TaskListDescriptor::name).toList());
    return next(
        pipeline.addNamed(
            "process stage",
            name,
            id -> new Stage.TaskStage<>(id, name, stage, (ProcessFunction<T, R>) function)));
  }

  /**
   * Puts streams together. Records of each keep their order; between streams there is none. Event
   * time is that of the slowest stream.
   *
   * @param others streams of the same pipeline, at least one; a stream given twice counts twice
   * @return the records of all
   * @throws InvalidPipelineException if one is of another pipeline
   */
  @SafeVarargs
  public final DataStream<T> union(DataStream<? extends T>... others) {
    List<Integer> inputs = new ArrayList<>(List.of(stage));
    for (DataStream<? extends T> other : others) {
      inputs.add(other.stageIn(pipeline));
    }
    return next(pipeline.add(id -> new Stage.UnionStage(id, "union-" + id, inputs)));
  }

  /**
   * Broadcasts the records: every task of a stage that is connected to them sees each.
   *
   * @param states what tasks may keep of them; names are unique; must not have a time to live
   * @return the records, to be given to {@link KeyedStream#connect}
   * @throws InvalidPipelineException if there are none, or a name is malformed or used twice, or
   *     one has a time to live
   */
  public BroadcastStream<T> broadcast(MapStateDescriptor<?, ?>... states) {
    return new BroadcastStream<>(this, List.of(states));
  }

  /** The stage that gives the records, for another stage of this pipeline to read. */
  int stageIn(Pipeline reading) {
    if (reading != pipeline) {
      throw new InvalidPipelineException(
          "A stage of pipeline '"
              + reading.name()
              + "' cannot read one of pipeline '"
              + pipeline.name()
              + "'. Describe both in one pipeline.");
    }
    return stage;
  }

  /**
   * Groups records by key; all of one key are processed by one task, in order. The key's type is
   * taken from the selector's own signature.
   *
   * @param selector finds the key; a lambda or method reference whose result is a type that {@link
   *     dev.weir.serde.TypeSerializers#of} knows
   * @param <K> type of the key
   * @return the keyed records
   * @throws InvalidPipelineException if the type cannot be seen or has no built-in serializer
   */
  public <K> KeyedStream<K, T> keyBy(KeySelector<? super T, K> selector) {
    return keyBy(selector, KeyTypes.serializerOf(selector));
  }

  /**
   * Groups records by key; all of one key are processed by one task, in order.
   *
   * @param selector finds the key
   * @param serializer writes keys; equal keys must give equal bytes
   * @param <K> type of the key
   * @return the keyed records
   */
  @SuppressWarnings("unchecked") // A selector of a supertype selects from T as well.
  public <K> KeyedStream<K, T> keyBy(
      KeySelector<? super T, K> selector, TypeSerializer<K> serializer) {
    Objects.requireNonNull(selector, "selector");
    Objects.requireNonNull(serializer, "serializer");
    return new KeyedStream<>(
        pipeline, stage, new Stage.Keying<>((KeySelector<T, K>) selector, serializer));
  }

  /**
   * Ends the stream in a sink.
   *
   * @param name unique in the pipeline
   * @param sink where the records go
   * @throws InvalidPipelineException if the name is missing, malformed or used already
   */
  public void sink(String name, Sink<? super T> sink) {
    Objects.requireNonNull(sink, "sink");
    pipeline.addNamed("sink", name, id -> new Stage.SinkStage<>(id, name, stage, sink));
  }

  /**
   * Says what the stage that gives these records was called before, so that it goes on with the
   * state that checkpoints and savepoints hold under the earlier name. Nothing happens where they
   * hold state under its own name. May be called once per earlier name, and taken out again when
   * the job has completed a checkpoint under the new one.
   *
   * <pre>{@code
   * .process("totals", new Totals()).renamedFrom("count")
   * }</pre>
   *
   * @param earlier the name before; no stage of the pipeline may have it
   * @return this
   * @throws InvalidPipelineException if the stage has no name of its own, or the earlier one is
   *     missing, malformed or given twice
   */
  public DataStream<T> renamedFrom(String earlier) {
    pipeline.rename(stage, earlier);
    return this;
  }

  private <R> DataStream<R> next(int id) {
    return new DataStream<>(pipeline, id);
  }
}
