package dev.weir.job;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A started pipeline. Thread-safe. */
public interface Job extends AutoCloseable {
  /**
   * @return the job's name
   */
  String name();

  /**
   * @return the job as it is now; never blocks
   */
  JobStatus status();

  /**
   * Blocks until the job has ended.
   *
   * @throws dev.weir.error.JobFailedException if it is suspended
   * @throws InterruptedException if the caller is interrupted; the job goes on
   */
  void await() throws InterruptedException;

  /**
   * Blocks until the job has ended, or the time is over.
   *
   * @param timeout how long to wait at the most
   * @return true if it has ended
   * @throws dev.weir.error.JobFailedException if it is suspended
   * @throws InterruptedException if the caller is interrupted; the job goes on
   */
  boolean await(Duration timeout) throws InterruptedException;

  /**
   * @return done when the job has ended, however it did, with its last status; never fails. Work
   *     that depends on it runs on an I/O thread of the job and must not block for long
   */
  CompletionStage<JobStatus> completion();

  /**
   * Ends the job with a final checkpoint: no input is taken any more, what was taken is processed
   * and committed, open windows and timers wait in the checkpoint. Returns at once; see {@link
   * #await()}. A job that is starting or restarting is stopped as soon as it runs.
   */
  void stop();

  /**
   * Ends the job now. Output since the last completed checkpoint is never shown; a later start goes
   * on from that checkpoint. Returns at once; see {@link #await()}.
   */
  void cancel();

  /** Cancels the job if it has not ended, and waits for its end. Never throws for a failed job. */
  @Override
  void close();
}
