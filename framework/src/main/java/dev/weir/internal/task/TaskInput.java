package dev.weir.internal.task;

/** Where a task's records come from. Confined to the task's thread. */
interface TaskInput {
  /** Takes one bounded batch; true if there was something. */
  boolean take();

  /** Turns of {@link #take} so far that may have changed state, positions or output. */
  long changes();

  /** Lets time pass. */
  default void adapt(long nowNanos) {}

  /** Records taken so far; may be read from any thread. */
  long records();

  /** Event time reached, epoch milliseconds; may be read from any thread. */
  long watermark();
}
