package dev.weir.state;

import java.util.Optional;

/**
 * One value per key into which others are reduced. Confined to the task thread. A value handed in
 * or out belongs to the state.
 *
 * @param <V> type of the values
 */
public interface ReducingState<V> {
  /**
   * @return all values added for the current key in one, or empty
   */
  Optional<V> get();

  /**
   * @param value reduced into the value so far; null is an error
   */
  void add(V value);

  /** Forgets all that was added for the current key. */
  void clear();
}
