package dev.weir.job;

/** Which changes to state a query sees. */
public enum ReadLevel {
  /**
   * What a completed checkpoint holds: the last one that the task knows of. Nothing that is seen is
   * ever rolled back, and the output that belongs to it is visible. It is up to a checkpoint
   * interval and a checkpoint old.
   */
  COMMITTED,
  /**
   * What the task has now, between two batches of records. After a failure it may be rolled back,
   * and then a later query sees less.
   */
  LIVE
}
