package dev.weir.internal.operator;

import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.kind.KeyedStates;
import dev.weir.internal.time.TimerQueue;
import dev.weir.pipeline.Stage;
import dev.weir.serde.TypeSerializer;
import dev.weir.time.Clock;

/**
 * What is behind a process stage: its declared states and one table per kind of timer.
 *
 * @param stage name of the stage
 * @param states the declared states
 * @param eventTimers timers in event time
 * @param processingTimers timers by the clock
 */
record KeyedTables<K>(
    String stage,
    KeyedStates<K> states,
    TimerQueue<K> eventTimers,
    TimerQueue<K> processingTimers) {
  /** Makes the tables; before the backend is restored. */
  static <K> KeyedTables<K> of(
      Stage.ProcessStage<K, ?, ?> stage, KeyedStateBackend backend, Clock clock) {
    TypeSerializer<K> keys = stage.keying().serializer();
    KeyedStates<K> states = new KeyedStates<>(stage.name(), keys, backend, clock);
    stage.function().states().forEach(states::declare);
    return new KeyedTables<>(
        stage.name(),
        states,
        new TimerQueue<>("timers.event", backend, keys),
        new TimerQueue<>("timers.processing", backend, keys));
  }
}
