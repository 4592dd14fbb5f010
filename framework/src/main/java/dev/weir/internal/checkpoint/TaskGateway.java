package dev.weir.internal.checkpoint;

import java.util.List;

/** How the coordinator speaks to tasks: by mail, so no call blocks. Thread-safe. */
public interface TaskGateway {
  /** Lets every source send the barrier; after the final one sources read no more. */
  void trigger(long checkpointId, boolean isFinal);

  /** Tells every task that the checkpoint is completed. */
  void commit(long checkpointId);

  /** A number that rises whenever a task does what may change state, positions or output. */
  long activity();

  /** How far each task is with the checkpoint under way, inputs before their readers. */
  List<TaskProgress> progress();
}
