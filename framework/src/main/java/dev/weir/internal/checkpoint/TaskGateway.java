package dev.weir.internal.checkpoint;

/** How the coordinator speaks to tasks: by mail, so no call blocks. Thread-safe. */
public interface TaskGateway {
  /** Lets every source send the barrier; after the final one sources read no more. */
  void trigger(long checkpointId, boolean isFinal);

  /** Tells every task that the checkpoint is completed. */
  void commit(long checkpointId);
}
