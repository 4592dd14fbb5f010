package dev.weir.internal.checkpoint;

import java.util.List;

/** How the coordinator speaks to tasks: by mail, so no call blocks. Thread-safe. */
public interface TaskGateway {
  /**
   * Lets every source send the barrier.
   *
   * @param end what the sources do before it
   */
  void trigger(long checkpointId, End end);

  /** What sources do at a checkpoint. */
  enum End {
    /** They go on. */
    NONE,
    /** They read no more. */
    STOP,
    /** They read no more, and behind the barrier no task does anything: others take over. */
    HALT,
    /** They read no more and take event time to its end, which fires every window and timer. */
    DRAIN
  }

  /** Tells every task that the checkpoint is completed. */
  void commit(long checkpointId);

  /** A number that rises whenever a task does what may change state, positions or output. */
  long activity();

  /** Records taken by all tasks so far. */
  long records();

  /** How far each task is with the checkpoint under way, inputs before their readers. */
  List<TaskProgress> progress();
}
