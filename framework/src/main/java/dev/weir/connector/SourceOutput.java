package dev.weir.connector;

/**
 * Takes a reader's records. Confined to the task's thread.
 *
 * @param <T> type of the records
 */
public interface SourceOutput<T> {
  /**
   * @param splitId id of a split of this reader
   * @return where that split's records go; the same object each time, so it may be kept
   */
  SplitOutput<T> forSplit(String splitId);

  /**
   * Whether to go on. Where one record costs much, a reader that looks now and then within a poll,
   * and returns {@link SourceReader.Status#MORE} when this is false, keeps checkpoints fast.
   *
   * @return false if the poll shall end soon; records are still taken
   */
  default boolean hasRoom() {
    return true;
  }

  /**
   * Takes the records of one split.
   *
   * @param <T> type of the records
   */
  @FunctionalInterface
  interface SplitOutput<T> {
    /**
     * Sends one record through the chain. Never blocks.
     *
     * @param value the value; null is an error
     * @param timestamp the source's timestamp, epoch milliseconds
     */
    void collect(T value, long timestamp);
  }
}
