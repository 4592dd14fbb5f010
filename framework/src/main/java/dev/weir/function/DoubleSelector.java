package dev.weir.function;

import java.io.Serializable;

/**
 * Finds a floating-point number in a value. Must be pure.
 *
 * @param <T> type of the values
 */
@FunctionalInterface
public interface DoubleSelector<T> extends Serializable {
  /**
   * @param value the value; never null
   * @return its number
   */
  double number(T value);
}
