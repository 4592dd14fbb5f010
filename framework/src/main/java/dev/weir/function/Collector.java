package dev.weir.function;

/**
 * Takes the results of a function. Confined to the task thread.
 *
 * @param <T> type of the results
 */
@FunctionalInterface
public interface Collector<T> {
  /**
   * Emits one result with the timestamp of the record or timer being processed. Never blocks.
   *
   * @param value the result; null is an error
   */
  void collect(T value);
}
