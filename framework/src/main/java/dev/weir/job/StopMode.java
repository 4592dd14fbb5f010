package dev.weir.job;

/** What becomes of open windows and event-time timers when a job stops. Flink's meanings. */
public enum StopMode {
  /** They wait in the final checkpoint: a later start goes on as if there had been no stop. */
  SUSPEND,
  /**
   * Event time is taken to its end, so that every window and timer fires, and their results are in
   * the final checkpoint. For a job that ends for good: to one that is started again from there,
   * every later record of a window is late.
   */
  DRAIN
}
