package dev.weir.job;

/**
 * What becomes of a job's checkpoints when it is cancelled. They are always kept when it stops,
 * finishes or fails. The names and meanings are Flink's.
 */
public enum CheckpointRetention {
  /** They stay: a later start goes on from the newest one. */
  RETAIN_ON_CANCELLATION,
  /**
   * The ledger forgets them and their files are removed: a later start begins anew. Savepoints are
   * their owner's, and stay.
   */
  DELETE_ON_CANCELLATION
}
