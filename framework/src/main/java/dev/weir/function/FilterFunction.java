package dev.weir.function;

import java.io.Serializable;

/**
 * Decides whether a value goes on.
 *
 * @param <T> type of the values
 */
@FunctionalInterface
public interface FilterFunction<T> extends Serializable {
  /**
   * @param value the value; never null
   * @return true to keep it
   * @throws Exception any failure; it ends the attempt
   */
  boolean filter(T value) throws Exception;
}
