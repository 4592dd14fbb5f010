package dev.weir.internal.operator;

import dev.weir.internal.element.RecordBatch;

/**
 * Takes what a stage gives: the next operator, or the gate to other tasks. Confined to the task
 * thread.
 *
 * @param <T> type of the records
 */
public interface Output<T> {
  /** Takes a record; its event time in epoch milliseconds. */
  void collect(T value, long timestamp);

  /**
   * Learns which records will be {@link #collect}ed next, in this order and before anything else
   * comes: so it may fetch what they need for all of them at once.
   */
  default void expect(RecordBatch batch) {}

  /** Takes a watermark; they rise. */
  void watermark(long timestamp);

  /** Learns whether the input is idle. */
  void idle(boolean isIdle);
}
