package dev.weir.job;

import dev.weir.error.FailureKind;
import java.time.Duration;

/**
 * Learns what happens in a job's life. Called on one I/O thread at a time, in the order of events,
 * never on the job's own thread: a slow listener delays the next call, and the job's end, but no
 * record. What it throws is logged and changes nothing.
 */
public interface JobListener {
  /**
   * The job has gone from one state to another.
   *
   * @param before the state before
   * @param now the job as it is now
   */
  default void onStateChange(JobState before, JobStatus now) {}

  /**
   * A checkpoint is completed in the ledger.
   *
   * @param checkpointId the checkpoint
   * @param duration from its trigger to its completion
   * @param bytes written for it
   */
  default void onCheckpoint(long checkpointId, Duration duration, long bytes) {}

  /**
   * The job has another parallelism; {@link Job#rescale}.
   *
   * @param before tasks per stage before
   * @param now the job as it is now
   * @param pause how long no record was read
   */
  default void onRescale(int before, JobStatus now, Duration pause) {}

  /**
   * An attempt has failed. Whether the job restarts, the next state tells.
   *
   * @param kind its kind
   * @param failure the failure
   */
  default void onFailure(FailureKind kind, Throwable failure) {}
}
