package dev.weir.job;

/** Where a job is in its life. */
public enum JobState {
  /** Made, not yet started. */
  CREATED,
  /** Taking over the ledger and loading the last completed checkpoint. */
  RESTORING,
  /**
   * Another instance of the job runs it. This one changes nothing, and takes over when the other
   * one is gone, or silent for {@code standby.detection.ms}.
   */
  STANDBY,
  /** Processing records. */
  RUNNING,
  /** Taking the final checkpoint after {@link Job#stop()}, or after the end of all sources. */
  STOPPING,
  /** Ending an attempt that has failed. */
  FAILING,
  /** Waiting to start the next attempt. */
  RESTARTING,
  /** Ended with a final checkpoint. */
  FINISHED,
  /** Ended by {@link Job#cancel()}. */
  CANCELLED,
  /**
   * Ended by a failure that no restart may mend, or after the restarts that its strategy allows.
   * The last completed checkpoint is kept: the job goes on from it when it is started again.
   */
  SUSPENDED;

  /**
   * @return true if the job will never leave this state
   */
  public boolean isTerminal() {
    return this == FINISHED || this == CANCELLED || this == SUSPENDED;
  }
}
