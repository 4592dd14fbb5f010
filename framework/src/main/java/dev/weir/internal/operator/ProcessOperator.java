package dev.weir.internal.operator;

import dev.weir.function.KeySelector;
import dev.weir.internal.base.UserCode;
import dev.weir.internal.element.RecordBatch;
import dev.weir.internal.key.KeyBounds;
import dev.weir.internal.key.KeyPage;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.kind.KeyedStates;
import dev.weir.internal.state.pertask.TaskStates;
import dev.weir.internal.time.TimerQueue;
import dev.weir.job.KeyQuery;
import dev.weir.job.StateQuery;
import dev.weir.pipeline.Stage;
import dev.weir.time.Clock;
import java.util.Map;

/** Runs the keyed side of a process function with its state and timers. */
final class ProcessOperator<K, T, R> implements Output<T>, RestorableOperator {
  private final String stage;
  private final KeySelector<T, K> selector;
  private final KeyedWork<K, T, R> work;
  private final KeyedStateBackend backend;
  private final TaskStates taskStates;
  private final KeyedStates<K> states;
  private final TimerQueue<K> eventTimers;
  private final TimerQueue<K> processingTimers;
  private final KeyedContext<K, R> context;
  private final Output<R> output;
  private long watermark = Long.MIN_VALUE;

  ProcessOperator(
      KeyedTables<K> tables,
      TaskStates taskStates,
      KeySelector<T, K> selector,
      KeyedWork<K, T, R> work,
      Clock clock,
      Output<R> output) {
    this.stage = tables.stage();
    this.selector = selector;
    this.work = work;
    this.backend = tables.backend();
    this.taskStates = taskStates;
    this.states = tables.states();
    this.eventTimers = tables.eventTimers();
    this.processingTimers = tables.processingTimers();
    this.context = new KeyedContext<>(tables, taskStates, clock, output);
    this.output = output;
  }

  /** Of a function with keyed records only. */
  static <K, T, R> ProcessOperator<K, T, R> of(
      Stage.ProcessStage<K, T, R> stage, KeyedStateBackend backend, Clock clock, Output<R> output) {
    return new ProcessOperator<>(
        KeyedTables.of(
            stage.name(), stage.keying().serializer(), stage.function().states(), backend, clock),
        TaskStates.none(stage.name()),
        stage.keying().selector(),
        KeyedWork.of(stage.function()),
        clock,
        output);
  }

  /** Event time now. */
  long watermark() {
    return watermark;
  }

  @Override
  public InlinePart.Kind kind() {
    return InlinePart.Kind.KEYED;
  }

  @Override
  public TaskStates taskStates() {
    return taskStates;
  }

  @Override
  public void restoreWatermark(long restored) {
    watermark = restored;
    context.watermark(restored);
  }

  @Override
  @SuppressWarnings("unchecked") // The pipeline's types say so.
  public void expect(RecordBatch batch) {
    K[] keys = (K[]) new Object[batch.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = keyOf((T) batch.value(i));
    }
    states.expect(keys);
  }

  private K keyOf(T value) {
    return UserCode.required(selector.key(value), stage, "key selector");
  }

  @Override
  public void collect(T value, long timestamp) {
    if (!context.beginNext(timestamp)) {
      context.begin(keyOf(value), timestamp);
    }
    try {
      work.process(value, context);
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

  @Override
  public long restMillis(long nowMillis) {
    return processingTimers.millisTo(nowMillis);
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
    work.onTimer(time, context);
  }

  @Override
  public void idle(boolean isIdle) {
    output.idle(isIdle);
  }

  /** Through handles of its own upon a view of the tables, so that nothing is touched. */
  @Override
  @SuppressWarnings("unchecked") // Whoever asks has checked that it is a key of this stage.
  public <A> A answer(StateQuery<A> query) {
    if (query.key().isEmpty()) {
      return query.read(taskStates.elements(query.state(), query.level()));
    }
    KeyedStates<K> looking = states.looking(backend.view(query.level()), query.state());
    looking.begin((K) query.key().get());
    return query.read(looking.handle(query.state()));
  }

  @Override
  @SuppressWarnings("unchecked") // Whoever asks has checked that they are keys of this stage.
  public <L, A> KeyPage<Map.Entry<L, A>> keys(
      KeyQuery<L, A> query, KeyBounds bounds, int firstKeyGroup) {
    KeyedStates<L> looking =
        (KeyedStates<L>) states.looking(backend.view(query.level()), query.state());
    return looking.keys(query, bounds, firstKeyGroup);
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
    return OperatorSnapshot.of(stage, part(checkpointId), backend.freeze(checkpointId));
  }

  private byte[] part(long checkpointId) {
    return taskStates.isEmpty()
        ? InlinePart.keyed(watermark)
        : InlinePart.of(InlinePart.Kind.KEYED, watermark, taskStates.cut(checkpointId));
  }

  @Override
  public void completed(long checkpointId) {
    backend.completed(checkpointId);
    taskStates.completed(checkpointId);
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
    states.close();
    backend.close();
  }
}
