package dev.weir.function;

import java.io.Serializable;

/**
 * Makes one value of two. Must be associative and commutative.
 *
 * @param <T> type of the values
 */
@FunctionalInterface
public interface ReduceFunction<T> extends Serializable {
  /**
   * @param left one value; may be changed in place
   * @param right another; must not be changed
   * @return both in one; null is an error
   */
  T reduce(T left, T right);
}
