package dev.weir.connector;

import java.util.List;

/**
 * Reads splits. Confined to the task's thread, except {@link #close}, which an I/O thread calls
 * after the task's last step. No method but {@code close} may block: slow work goes to {@link
 * SourceContext#io()}, and {@link SourceContext#wakeUp()} tells that its result is there.
 *
 * @param <T> type of the records
 */
public interface SourceReader<T> extends AutoCloseable {
  /**
   * @param splits to read from now on, from their positions
   */
  void addSplits(List<SourceSplit> splits);

  /**
   * Emits a bounded number of records, those that are there already.
   *
   * @param output takes the records
   * @return what to expect next
   * @throws Exception any failure of the source; ends the attempt
   */
  Status poll(SourceOutput<T> output) throws Exception;

  /**
   * Called at the barrier of a checkpoint.
   *
   * @return every split of this reader, also those without records, with the position just behind
   *     the last record emitted
   */
  List<SourceSplit> snapshot();

  /**
   * Tells that the last {@link #snapshot} of this id is now final. For publishing progress only.
   *
   * @param checkpointId the completed checkpoint
   */
  default void checkpointCompleted(long checkpointId) {}

  /** Releases everything; may block for a short time. Idempotent. */
  @Override
  void close();

  /** What a reader expects after a poll. */
  enum Status {
    /** There is more to emit now. */
    MORE,
    /** Nothing now; {@link SourceContext#wakeUp()} will be called. */
    WAITING,
    /** All splits of a bounded source are read to their end. */
    ENDED
  }
}
