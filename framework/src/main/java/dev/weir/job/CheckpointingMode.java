package dev.weir.job;

/** What state and output hold after a failure. The names and meanings are Flink's. */
public enum CheckpointingMode {
  /**
   * Each record counts once. Barriers are aligned: a task takes nothing more from an input that has
   * shown its barrier until all others have.
   */
  EXACTLY_ONCE,
  /**
   * Each record counts at least once. Nothing waits for a barrier, so checkpoints disturb the
   * stream less; after a failure some records count again. No sink of the job may promise more.
   */
  AT_LEAST_ONCE
}
