package dev.weir.function;

import java.io.Serializable;

/**
 * Turns one value into any number of others.
 *
 * @param <T> type taken
 * @param <R> type given
 */
@FunctionalInterface
public interface FlatMapFunction<T, R> extends Serializable {
  /**
   * @param value the value; never null
   * @param out takes the results; valid during this call only
   * @throws Exception any failure; it ends the attempt
   */
  void flatMap(T value, Collector<R> out) throws Exception;
}
