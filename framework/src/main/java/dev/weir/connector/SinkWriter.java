package dev.weir.connector;

import java.util.concurrent.CompletionStage;

/**
 * Writes one task's records. Confined to the task's thread, except {@link #close}, which an I/O
 * thread calls after the task's last step. No method but {@code close} may block.
 *
 * @param <T> type of the records
 */
public interface SinkWriter<T> extends AutoCloseable {
  /**
   * Whether {@link #write} may be called. Where it turns from false to true, the writer calls
   * {@link ConnectorContext#wakeUp()}. The task takes no input while it is false; a call that has
   * begun may still write all its results. It is asked before and after each batch of input, so a
   * writer may collect records and send them then; {@link #prepare} sends the rest.
   *
   * @return true if there is room
   */
  boolean isReady();

  /**
   * Takes one record of the current checkpoint. An asynchronous failure of an earlier one is thrown
   * here or fails {@link #prepare}; it is never lost.
   *
   * @param value the value
   * @param timestamp event time, epoch milliseconds
   * @throws Exception any failure; ends the attempt
   */
  void write(T value, long timestamp) throws Exception;

  /**
   * First phase. Everything written so far belongs to the checkpoint, everything later to the next
   * one.
   *
   * @param checkpointId the checkpoint whose barrier has arrived; consecutive from call to call
   * @return done when all of it is held safely outside and can be made visible by the ledger's
   *     entry (or already is, where the guarantee is weaker); failed if that cannot be. Completed
   *     on any thread.
   * @throws Exception any failure; ends the attempt
   */
  CompletionStage<Void> prepare(long checkpointId) throws Exception;

  /**
   * Tells that the ledger has completed the checkpoint.
   *
   * @param checkpointId the completed checkpoint
   */
  default void checkpointCompleted(long checkpointId) {}

  /**
   * Releases everything without making anything visible; may block for a short time. Idempotent.
   */
  @Override
  void close();
}
