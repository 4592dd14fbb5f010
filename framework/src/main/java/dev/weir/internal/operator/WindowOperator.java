package dev.weir.internal.operator;

import dev.weir.function.AggregateFunction;
import dev.weir.function.AggregatingStateDescriptor;
import dev.weir.function.KeySelector;
import dev.weir.internal.base.UserCode;
import dev.weir.internal.combine.PartialAggregate;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.internal.state.kind.StateView;
import dev.weir.internal.state.pertask.TaskStates;
import dev.weir.job.StateQuery;
import dev.weir.pipeline.Stage;
import dev.weir.serde.TypeSerializer;
import dev.weir.state.StateDescriptor;
import dev.weir.time.TimeWindow;
import dev.weir.time.TumblingWindows;
import java.util.Map;
import java.util.Optional;

/**
 * Aggregates per key and window. Rows are (last millisecond of the window, key) to accumulator, so
 * a watermark closes windows by draining the table up to itself; no timers are needed.
 */
final class WindowOperator<K, T, A, R, O> implements Output<T>, RestorableOperator {
  private final Stage.WindowStage<K, T, A, R, O> stage;
  private final KeySelector<T, K> selector;
  private final AggregateFunction<T, A, R> aggregate;
  private final TumblingWindows windows;
  private final KeyedStateBackend backend;
  private final StateTable<K, A> accumulators;
  private final Output<O> output;
  private final StateTable.Update<A, T> adder = this::add;
  private final StateTable.Update<A, A> merger = this::merge;
  private long watermark = Long.MIN_VALUE;
  private long lateRecords;

  WindowOperator(
      Stage.WindowStage<K, T, A, R, O> stage, KeyedStateBackend backend, Output<O> output) {
    this.stage = stage;
    this.selector = stage.keying().selector();
    this.aggregate = stage.aggregate();
    this.windows = stage.windows();
    this.backend = backend;
    this.accumulators =
        backend.table(OpenWindows.table(stage, stage.aggregate().accumulatorSerializer()));
    this.output = output;
  }

  @Override
  public InlinePart.Kind kind() {
    return InlinePart.Kind.KEYED;
  }

  @Override
  public TaskStates taskStates() {
    return TaskStates.none(stage.name());
  }

  @Override
  public void restoreWatermark(long restored) {
    watermark = restored;
  }

  @Override
  public long lateRecords() {
    return lateRecords;
  }

  @Override
  public void collect(T record, long timestamp) {
    if ((Object) record instanceof PartialAggregate<?, ?> partial) {
      collectPartial(typed(partial), timestamp);
      return;
    }
    long lastMillisecond = windows.startOf(timestamp) + windows.sizeMillis() - 1;
    if (lastMillisecond <= watermark) {
      lateRecords++;
      return;
    }
    K key = UserCode.required(selector.key(record), stage.name(), "key selector");
    accumulators.update(lastMillisecond, key, record, adder);
  }

  @SuppressWarnings("unchecked") // They are of this stage, made in front of it.
  private PartialAggregate<K, A> typed(PartialAggregate<?, ?> partial) {
    return (PartialAggregate<K, A>) partial;
  }

  private void collectPartial(PartialAggregate<K, A> partial, long lastMillisecond) {
    if (lastMillisecond <= watermark) {
      lateRecords += partial.records();
      return;
    }
    accumulators.update(lastMillisecond, partial.key(), partial.accumulator(), merger);
  }

  private A merge(A old, A partial) {
    if (old == null) {
      return partial;
    }
    try {
      return UserCode.required(
          aggregate.merge(old, partial), stage.name(), "merge of the aggregate function");
    } catch (RuntimeException e) {
      throw UserCode.failed(e, stage.name(), "merge of the aggregate function");
    }
  }

  private A add(A old, T record) {
    try {
      return UserCode.required(
          aggregate.add(record, old == null ? aggregate.createAccumulator() : old),
          stage.name(),
          "aggregate function");
    } catch (RuntimeException e) {
      throw UserCode.failed(e, stage.name(), "aggregate function");
    }
  }

  @Override
  public void watermark(long timestamp) {
    if (timestamp <= watermark) {
      return;
    }
    watermark = timestamp;
    if (accumulators.earliestTime() <= timestamp) {
      close(timestamp);
    }
    output.watermark(timestamp);
  }

  private void close(long timestamp) {
    try {
      accumulators.drainUpTo(timestamp, this::emit);
    } catch (Exception e) {
      throw UserCode.failed(e, stage.name(), "window function");
    }
  }

  private void emit(long lastMillisecond, K key, A accumulator) throws Exception {
    TimeWindow window = OpenWindows.window(windows, lastMillisecond);
    O result = stage.result().apply(key, window, aggregate.result(accumulator));
    output.collect(UserCode.required(result, stage.name(), "window function"), lastMillisecond);
  }

  @Override
  public void idle(boolean isIdle) {
    output.idle(isIdle);
  }

  @Override
  public <X> X answer(StateQuery<X> query) {
    return query.read(OpenWindows.of(stage, backend.view(query.level()), query));
  }

  @Override
  public boolean isReady() {
    return !backend.isFull();
  }

  @Override
  public boolean wantsCheckpoint() {
    return backend.wantsCheckpoint();
  }

  @Override
  public OperatorSnapshot snapshot(long checkpointId) {
    return OperatorSnapshot.of(
        stage.name(), InlinePart.keyed(watermark), backend.freeze(checkpointId));
  }

  @Override
  public void completed(long checkpointId) {
    backend.completed(checkpointId);
  }

  @Override
  public void settle() {
    backend.settle();
  }

  @Override
  public boolean sinkSome() {
    return backend.sinkSome();
  }

  @Override
  public void close() {
    backend.close();
  }

  /** Where open windows are, in the operator's table or in one that is looked at. */
  private static final class OpenWindows {
    private OpenWindows() {}

    /** The table of a stage, with accumulators that are written so. */
    static <K, A> TableDescriptor<K, A> table(
        Stage.WindowStage<K, ?, ?, ?, ?> stage, TypeSerializer<A> accumulators) {
      return new TableDescriptor<>(
          StateQuery.WINDOWS,
          true,
          stage.keying().serializer(),
          accumulators,
          WindowText.of(stage.windows()));
    }

    /**
     * The open windows of a query's key by time, each with its accumulator, which is the caller's
     * own. Valid within one call.
     *
     * @throws IllegalArgumentException if the query is for something else
     */
    static <K> Iterable<Map.Entry<TimeWindow, Object>> of(
        Stage.WindowStage<K, ?, ?, ?, ?> stage,
        Map<TableDescriptor<?, ?>, StateTable<?, ?>> seen,
        StateQuery<?> query) {
      return in(
          new StateView(stage.name(), seen).table(table(stage, accumulators(stage, query.state()))),
          stage.windows(),
          query.key().orElseThrow());
    }

    @SuppressWarnings("unchecked") // They are only handed on.
    private static TypeSerializer<Object> accumulators(
        Stage.WindowStage<?, ?, ?, ?, ?> stage, StateDescriptor<?> state) {
      if (state instanceof AggregatingStateDescriptor<?, ?, ?> windows
          && windows.name().equals(StateQuery.WINDOWS)) {
        return (TypeSerializer<Object>) windows.function().accumulatorSerializer();
      }
      throw new IllegalArgumentException(
          "Window stage '"
              + stage.name()
              + "' was asked for state '"
              + state.name()
              + "' and has only windows. Ask with StateQuery.windows(...).");
    }

    @SuppressWarnings("unchecked") // Whoever asks has checked that it is a key of this stage.
    private static <K> Iterable<Map.Entry<TimeWindow, Object>> in(
        StateTable<K, Object> table, TumblingWindows windows, Object asked) {
      K key = (K) asked;
      return () ->
          table.times(key).stream()
              .flatMap(
                  last ->
                      Optional.ofNullable(table.get(last, key))
                          .map(accumulator -> Map.entry(window(windows, last), accumulator))
                          .stream())
              .iterator();
    }

    /** The window with this last millisecond. */
    static TimeWindow window(TumblingWindows windows, long last) {
      return new TimeWindow(last + 1 - windows.sizeMillis(), last + 1);
    }
  }
}
