package dev.weir.internal.operator;

import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.kind.KeyedStates;
import dev.weir.internal.time.TimerQueue;
import dev.weir.serde.TypeSerializer;
import dev.weir.state.StateDescriptor;
import dev.weir.time.Clock;
import java.util.List;

/**
 * What is behind a process stage: its declared states and one table per kind of timer.
 *
 * @param stage name of the stage
 * @param backend where the tables are
 * @param states the declared states
 * @param eventTimers timers in event time
 * @param processingTimers timers by the clock
 */
record KeyedTables<K>(
    String stage,
    KeyedStateBackend backend,
    KeyedStates<K> states,
    TimerQueue<K> eventTimers,
    TimerQueue<K> processingTimers) {
  /** Makes the tables; before the backend is restored. */
  static <K> KeyedTables<K> of(
      String stage,
      TypeSerializer<K> keys,
      List<StateDescriptor<?>> declared,
      KeyedStateBackend backend,
      Clock clock) {
    KeyedStates<K> states = new KeyedStates<>(stage, keys, backend, clock);
    declared.forEach(states::declare);
    return new KeyedTables<>(
        stage,
        backend,
        states,
        new TimerQueue<>("timers.event", backend, keys),
        new TimerQueue<>("timers.processing", backend, keys));
  }
}
