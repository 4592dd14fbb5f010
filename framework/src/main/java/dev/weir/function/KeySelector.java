package dev.weir.function;

import java.io.Serializable;

/**
 * Finds the key of a value. Must be pure: it is called more than once for a value.
 *
 * @param <T> type of the values
 * @param <K> type of the keys; needs {@code equals} and {@code hashCode}
 */
@FunctionalInterface
public interface KeySelector<T, K> extends Serializable {
  /**
   * @param value the value; never null
   * @return its key; null is an error
   */
  K key(T value);
}
