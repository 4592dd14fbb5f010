package dev.weir.internal.task;

/** Where a task's records come from. Confined to the task's thread. */
interface TaskInput {
  /** Takes one bounded batch; true if there was something. */
  boolean take();

  /** Records taken so far; may be read from any thread. */
  long records();

  /** Event time reached, epoch milliseconds; may be read from any thread. */
  long watermark();
}
