package dev.weir.internal.operator;

/**
 * Takes what a stage gives: the next operator, or the gate to other tasks. Confined to the task
 * thread.
 *
 * @param <T> type of the records
 */
public interface Output<T> {
  /** Takes a record; its event time in epoch milliseconds. */
  void collect(T value, long timestamp);

  /** Takes a watermark; they rise. */
  void watermark(long timestamp);

  /** Learns whether the input is idle. */
  void idle(boolean isIdle);
}
