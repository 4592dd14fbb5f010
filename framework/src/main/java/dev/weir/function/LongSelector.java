package dev.weir.function;

import java.io.Serializable;

/**
 * Finds a number in a value. Must be pure.
 *
 * @param <T> type of the values
 */
@FunctionalInterface
public interface LongSelector<T> extends Serializable {
  /**
   * @param value the value; never null
   * @return its number
   */
  long number(T value);
}
