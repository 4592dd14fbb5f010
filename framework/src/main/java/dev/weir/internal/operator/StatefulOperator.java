package dev.weir.internal.operator;

/**
 * An operator that takes part in checkpoints. Confined to the task thread but for {@link #close}.
 */
public interface StatefulOperator extends AutoCloseable {
  /** Cuts the operator's state at the barrier. Must not block. */
  OperatorSnapshot snapshot(long checkpointId);

  /** Learns that the checkpoint is completed. */
  void completed(long checkpointId);

  /**
   * Brings the next part of completed changes down, between records and without blocking; true if
   * there was something.
   */
  default boolean sinkSome() {
    return false;
  }

  /**
   * Brings all completed changes down, for whoever takes over the state; after a barrier behind
   * which nothing was done. Blocks; on an I/O thread, after the last step.
   */
  default void settle() {}

  /** Whether the operator can take records now. */
  default boolean isReady() {
    return true;
  }

  /** Whether a checkpoint should be taken before its time, since too many changes wait for one. */
  default boolean wantsCheckpoint() {
    return false;
  }

  /** Does what the clock has made due; true if there was something. */
  default boolean onProcessingTime(long nowMillis) {
    return false;
  }

  /**
   * How long it may be until {@link #onProcessingTime} is called again, or a source is polled, if
   * nothing else happens; milliseconds, {@link Long#MAX_VALUE}: the next second is early enough.
   */
  default long restMillis(long nowMillis) {
    return Long.MAX_VALUE;
  }

  /** Releases everything; on an I/O thread after the last step. Idempotent. */
  @Override
  void close();
}
