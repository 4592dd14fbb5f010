package dev.weir.internal.operator;

import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.internal.time.TimerQueue;
import dev.weir.pipeline.Stage;
import dev.weir.serde.TypeSerializer;
import dev.weir.state.ValueStateDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables behind a process stage: one per declared state and one per kind of timer. */
final class KeyedTables<K> {
  private final String stage;
  private final Map<String, StateTable<K, ?>> values = new LinkedHashMap<>();
  private final TimerQueue<K> eventTimers;
  private final TimerQueue<K> processingTimers;

  KeyedTables(Stage.ProcessStage<K, ?, ?> stage, KeyedStateBackend backend) {
    TypeSerializer<K> keys = stage.keying().serializer();
    this.stage = stage.name();
    for (ValueStateDescriptor<?> descriptor : stage.function().states()) {
      values.put(descriptor.name(), valueTable(descriptor, keys, backend));
    }
    this.eventTimers = new TimerQueue<>("timers.event", backend, keys);
    this.processingTimers = new TimerQueue<>("timers.processing", backend, keys);
  }

  private static <K, V> StateTable<K, V> valueTable(
      ValueStateDescriptor<V> descriptor, TypeSerializer<K> keys, KeyedStateBackend backend) {
    return backend.table(
        new TableDescriptor<>("value." + descriptor.name(), false, keys, descriptor.serializer()));
  }

  String stage() {
    return stage;
  }

  TimerQueue<K> eventTimers() {
    return eventTimers;
  }

  TimerQueue<K> processingTimers() {
    return processingTimers;
  }

  <H> Map<String, H> values(Wrapper<K, H> wrapper) {
    Map<String, H> wrapped = new LinkedHashMap<>();
    values.forEach((name, table) -> wrapped.put(name, wrapper.wrap(table)));
    return wrapped;
  }

  /** Makes a handle of a table. */
  @FunctionalInterface
  interface Wrapper<K, H> {
    H wrap(StateTable<K, ?> table);
  }
}
