package dev.weir.internal.operator;

import dev.weir.function.KeySelector;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.kind.KeyedStates;
import dev.weir.internal.time.TimerQueue;
import dev.weir.pipeline.Stage;
import dev.weir.time.Clock;

/** Runs a keyed process function with its state and timers. */
final class ProcessOperator<K, T, R> implements Output<T>, KeyedOperator {
  private final String stage;
  private final KeySelector<T, K> selector;
  private final KeyedProcessFunction<K, T, R> function;
  private final KeyedStateBackend backend;
  private final KeyedStates<K> states;
  private final TimerQueue<K> eventTimers;
  private final TimerQueue<K> processingTimers;
  private final KeyedContext<K, R> context;
  private final Output<R> output;
  private long watermark = Long.MIN_VALUE;

  ProcessOperator(
      Stage.ProcessStage<K, T, R> stage, KeyedStateBackend backend, Clock clock, Output<R> output) {
    KeyedTables<K> tables = KeyedTables.of(stage, backend, clock);
    this.stage = stage.name();
    this.selector = stage.keying().selector();
    this.function = stage.function();
    this.backend = backend;
    this.states = tables.states();
    this.eventTimers = tables.eventTimers();
    this.processingTimers = tables.processingTimers();
    this.context = new KeyedContext<>(tables, clock, output);
    this.output = output;
  }

  @Override
  public void restoreWatermark(long restored) {
    watermark = restored;
    context.watermark(restored);
  }

  @Override
  public void collect(T value, long timestamp) {
    context.begin(UserCode.required(selector.key(value), stage, "key selector"), timestamp);
    try {
      function.process(value, context);
    } catch (Exception e) {
      throw UserCode.failed(e, stage, "process function");
    }
  }

  @Override
  public void watermark(long timestamp) {
    if (timestamp <= watermark) {
      return;
    }
    watermark = timestamp;
    context.watermark(timestamp);
    fireDue(eventTimers, timestamp);
    output.watermark(timestamp);
  }

  @Override
  public boolean onProcessingTime(long nowMillis) {
    boolean hasFired = fireDue(processingTimers, nowMillis);
    return states.sweep() || hasFired;
  }

  private boolean fireDue(TimerQueue<K> timers, long timestamp) {
    if (!timers.isDue(timestamp)) {
      return false;
    }
    try {
      timers.fire(timestamp, this::onTimer);
    } catch (Exception e) {
      throw UserCode.failed(e, stage, "timer function");
    }
    return true;
  }

  private void onTimer(long time, K key) throws Exception {
    context.begin(key, time);
    function.onTimer(time, context);
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
    return OperatorSnapshot.ofKeyed(
        stage, KeyedPart.encode(watermark), backend.freeze(checkpointId));
  }

  @Override
  public void completed(long checkpointId) {
    backend.completed(checkpointId);
  }

  @Override
  public boolean sinkSome() {
    return backend.sinkSome();
  }

  @Override
  public void close() {
    states.close();
    backend.close();
  }
}
