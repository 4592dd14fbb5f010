package dev.weir.state;

import java.util.Map;
import java.util.Optional;

/**
 * What a task has kept of broadcast records, as the keyed side sees it. On the heap, whole at every
 * task. Confined to the task thread; keys and values belong to the state and must not be changed.
 *
 * @param <K> type of the keys; needs {@code equals} and {@code hashCode}
 * @param <V> type of the values
 */
public interface ReadOnlyBroadcastState<K, V> {
  /**
   * @param key the entry's key
   * @return its value, or empty
   */
  Optional<V> get(K key);

  /**
   * @param key the entry's key
   * @return whether there is such an entry
   */
  boolean contains(K key);

  /**
   * @return all entries in the order in which their keys came; unmodifiable, shows later changes
   */
  Map<K, V> entries();
}
