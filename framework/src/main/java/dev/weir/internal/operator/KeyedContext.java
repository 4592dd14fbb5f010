package dev.weir.internal.operator;

import dev.weir.function.KeyedBroadcastProcessFunction;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.internal.base.UserCode;
import dev.weir.internal.state.kind.KeyedStates;
import dev.weir.internal.state.pertask.TaskStates;
import dev.weir.internal.time.TimerQueue;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.ReadOnlyBroadcastState;
import dev.weir.state.StateDescriptor;
import dev.weir.time.Clock;

/** What a keyed process function sees of the record or timer being processed. */
final class KeyedContext<K, R>
    implements KeyedBroadcastProcessFunction.Context<K, R>, KeyedProcessFunction.Timers {
  private final String stage;
  private final Clock clock;
  private final KeyedStates<K> states;
  private final TaskStates taskStates;
  private final TimerQueue<K> eventTimers;
  private final TimerQueue<K> processingTimers;
  private final Output<R> output;
  private long timestamp;
  private long watermark = Long.MIN_VALUE;

  KeyedContext(KeyedTables<K> tables, TaskStates taskStates, Clock clock, Output<R> output) {
    this.taskStates = taskStates;
    this.stage = tables.stage();
    this.clock = clock;
    this.states = tables.states();
    this.eventTimers = tables.eventTimers();
    this.processingTimers = tables.processingTimers();
    this.output = output;
  }

  /** Goes on to the next expected key; false if there is none. */
  boolean beginNext(long currentTimestamp) {
    timestamp = currentTimestamp;
    return states.beginNext();
  }

  void begin(K currentKey, long currentTimestamp) {
    states.begin(currentKey);
    timestamp = currentTimestamp;
  }

  void watermark(long current) {
    watermark = current;
  }

  @Override
  public K key() {
    return states.key();
  }

  @Override
  public long timestamp() {
    return timestamp;
  }

  @Override
  public long watermark() {
    return watermark;
  }

  @Override
  public <S> S state(StateDescriptor<S> descriptor) {
    return states.handle(descriptor);
  }

  @Override
  public <A, V> ReadOnlyBroadcastState<A, V> broadcastState(MapStateDescriptor<A, V> descriptor) {
    return taskStates.broadcastState(descriptor);
  }

  @Override
  public KeyedProcessFunction.Timers timers() {
    return this;
  }

  @Override
  public void collect(R value) {
    output.collect(UserCode.required(value, stage, "process function"), timestamp);
  }

  @Override
  public void registerEventTime(long time) {
    eventTimers.register(time, states.key());
  }

  @Override
  public void deleteEventTime(long time) {
    eventTimers.delete(time, states.key());
  }

  @Override
  public void registerProcessingTime(long time) {
    processingTimers.register(time, states.key());
  }

  @Override
  public void deleteProcessingTime(long time) {
    processingTimers.delete(time, states.key());
  }

  @Override
  public long currentProcessingTime() {
    return clock.millis();
  }
}
