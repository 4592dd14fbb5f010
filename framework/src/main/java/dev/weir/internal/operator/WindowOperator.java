package dev.weir.internal.operator;

import dev.weir.function.AggregateFunction;
import dev.weir.function.KeySelector;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.internal.state.pertask.TaskStates;
import dev.weir.pipeline.Stage;
import dev.weir.time.TimeWindow;
import dev.weir.time.TumblingWindows;

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
  private final StateTable.Update<A> adder = this::add;
  private long watermark = Long.MIN_VALUE;
  private long lateRecords;
  private T value;

  WindowOperator(
      Stage.WindowStage<K, T, A, R, O> stage, KeyedStateBackend backend, Output<O> output) {
    this.stage = stage;
    this.selector = stage.keying().selector();
    this.aggregate = stage.aggregate();
    this.windows = stage.windows();
    this.backend = backend;
    this.accumulators =
        backend.table(
            new TableDescriptor<>(
                "windows",
                true,
                stage.keying().serializer(),
                stage.aggregate().accumulatorSerializer(),
                WindowText.of(stage.windows())));
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
    long lastMillisecond = windows.startOf(timestamp) + windows.sizeMillis() - 1;
    if (lastMillisecond <= watermark) {
      lateRecords++;
      return;
    }
    value = record;
    K key = UserCode.required(selector.key(record), stage.name(), "key selector");
    accumulators.update(lastMillisecond, key, adder);
  }

  private A add(A old) {
    try {
      return UserCode.required(
          aggregate.add(value, old == null ? aggregate.createAccumulator() : old),
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
    TimeWindow window =
        new TimeWindow(lastMillisecond + 1 - windows.sizeMillis(), lastMillisecond + 1);
    O result = stage.result().apply(key, window, aggregate.result(accumulator));
    output.collect(UserCode.required(result, stage.name(), "window function"), lastMillisecond);
  }

  @Override
  public void idle(boolean isIdle) {
    output.idle(isIdle);
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
}
