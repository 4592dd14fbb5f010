package dev.weir.function;

import java.io.Serializable;

/**
 * Turns one value into one other.
 *
 * @param <T> type taken
 * @param <R> type given
 */
@FunctionalInterface
public interface MapFunction<T, R> extends Serializable {
  /**
   * @param value the value; never null
   * @return the result; null is an error
   * @throws Exception any failure; it ends the attempt
   */
  R map(T value) throws Exception;
}
