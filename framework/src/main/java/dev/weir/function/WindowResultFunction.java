package dev.weir.function;

import dev.weir.time.TimeWindow;
import java.io.Serializable;

/**
 * Makes the record that a closed window emits.
 *
 * @param <K> type of the key
 * @param <A> type of the aggregate's result
 * @param <R> type emitted
 */
@FunctionalInterface
public interface WindowResultFunction<K, A, R> extends Serializable {
  /**
   * @param key the key of the window
   * @param window the window, now closed
   * @param aggregate the aggregate's result
   * @return the record to emit, with timestamp {@link TimeWindow#maxTimestamp()}; null is an error
   * @throws Exception any failure; it ends the attempt
   */
  R apply(K key, TimeWindow window, A aggregate) throws Exception;
}
