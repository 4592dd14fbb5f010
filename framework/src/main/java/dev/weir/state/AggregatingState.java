package dev.weir.state;

import java.util.Optional;

/**
 * An aggregate per key. Confined to the task thread.
 *
 * @param <T> type of the values that are added
 * @param <R> type of the result
 */
public interface AggregatingState<T, R> {
  /**
   * @return the aggregate of all values added for the current key, or empty if there are none
   */
  Optional<R> get();

  /**
   * @param value the value to add; null is an error
   */
  void add(T value);

  /** Forgets all that was added for the current key. */
  void clear();
}
