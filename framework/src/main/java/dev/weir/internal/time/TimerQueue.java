package dev.weir.internal.time;

import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;

/**
 * The timers of one kind of a stage: a table of (time, key). A timer fires at most once. Confined
 * to the task thread.
 */
public final class TimerQueue<K> {
  private final StateTable<K, Boolean> timers;

  /** Makes the table; before the backend is restored. */
  public TimerQueue(String name, KeyedStateBackend backend, TypeSerializer<K> keySerializer) {
    this.timers =
        backend.table(
            new TableDescriptor<>(name, true, keySerializer, TypeSerializers.of(Boolean.class)));
  }

  /** Sets a timer; setting it twice is setting it once. */
  public void register(long timestamp, K key) {
    timers.put(timestamp, key, Boolean.TRUE);
  }

  /** Removes a timer; unknown ones are ignored. */
  public void delete(long timestamp, K key) {
    timers.remove(timestamp, key);
  }

  /** Whether some timer is due at this time. Cheap. */
  public boolean isDue(long timestamp) {
    return timers.earliestTime() <= timestamp;
  }

  /** How long until the next timer is due; {@link Long#MAX_VALUE}: there is none. Cheap. */
  public long millisTo(long timestamp) {
    long earliest = timers.earliestTime();
    return earliest == Long.MAX_VALUE ? earliest : Math.max(0, earliest - timestamp);
  }

  /** Removes and fires all timers due at this time, also those that firing registers. */
  public void fire(long timestamp, Firing<K> firing) throws Exception {
    timers.drainUpTo(timestamp, (time, key, set) -> firing.fire(time, key));
  }

  /** What a timer does. */
  @FunctionalInterface
  public interface Firing<K> {
    /** Called for each timer that is due. */
    void fire(long time, K key) throws Exception;
  }
}
