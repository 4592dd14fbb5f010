package dev.weir.internal.operator;

import dev.weir.function.KeyedProcessFunction;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.time.TimerQueue;
import dev.weir.state.ValueState;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.time.Clock;
import java.util.Map;
import java.util.Optional;

/** What a keyed process function sees of the record or timer being processed. */
final class KeyedContext<K, R>
    implements KeyedProcessFunction.Context<K, R>, KeyedProcessFunction.Timers {
  private final String stage;
  private final Clock clock;
  private final Map<String, KeyedValue<?>> states;
  private final TimerQueue<K> eventTimers;
  private final TimerQueue<K> processingTimers;
  private final Output<R> output;
  private K key;
  private long timestamp;
  private long watermark = Long.MIN_VALUE;

  KeyedContext(KeyedTables<K> tables, Clock clock, Output<R> output) {
    this.stage = tables.stage();
    this.clock = clock;
    this.eventTimers = tables.eventTimers();
    this.processingTimers = tables.processingTimers();
    this.output = output;
    this.states = tables.values(table -> new KeyedValue<>(table));
  }

  void begin(K currentKey, long currentTimestamp) {
    key = currentKey;
    timestamp = currentTimestamp;
  }

  void watermark(long current) {
    watermark = current;
  }

  @Override
  public K key() {
    return key;
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
  @SuppressWarnings("unchecked") // The table was made from the descriptor of this name.
  public <V> ValueState<V> state(ValueStateDescriptor<V> descriptor) {
    KeyedValue<?> state = states.get(descriptor.name());
    if (state == null) {
      throw new IllegalArgumentException(
          "Stage '"
              + stage
              + "' asked for state '"
              + descriptor.name()
              + "' but declares only "
              + states.keySet()
              + ". Add its descriptor to states().");
    }
    return (ValueState<V>) state;
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
    eventTimers.register(time, key);
  }

  @Override
  public void deleteEventTime(long time) {
    eventTimers.delete(time, key);
  }

  @Override
  public void registerProcessingTime(long time) {
    processingTimers.register(time, key);
  }

  @Override
  public void deleteProcessingTime(long time) {
    processingTimers.delete(time, key);
  }

  @Override
  public long currentProcessingTime() {
    return clock.millis();
  }

  /** One value of the current key. */
  private final class KeyedValue<V> implements ValueState<V> {
    private final StateTable<K, V> table;

    KeyedValue(StateTable<K, V> table) {
      this.table = table;
    }

    @Override
    public Optional<V> get() {
      return Optional.ofNullable(table.get(0, key));
    }

    @Override
    public V getOr(V absent) {
      V value = table.get(0, key);
      return value == null ? absent : value;
    }

    @Override
    public void set(V value) {
      table.put(0, key, UserCode.required(value, stage, "state's new value"));
    }

    @Override
    public void clear() {
      table.remove(0, key);
    }
  }
}
