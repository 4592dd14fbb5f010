package dev.weir.job;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
   * Reads state of a stage that runs in this process. The task that has the key reads it between
   * two batches of records, so an answer takes as long as a batch, and a query never waits for a
   * lock or lets records wait longer than it reads. At most 1000 queries may wait. Returns at once.
   *
   * <p>What is read {@linkplain ReadLevel#COMMITTED committed} is never rolled back; {@linkplain
   * ReadLevel#LIVE live} state may be. Reading is no touch: it renews no time to live.
   *
   * @param stage a stage with a process function, or of windows
   * @param query which state of which key or task, and at which level
   * @param <R> type of the answer
   * @return the answer; failed with a {@link dev.weir.error.QueryFailedException} if the job does
   *     not run here, its attempt ends meanwhile, too many queries wait or the time is over, and
   *     with an {@link IllegalArgumentException} if the stage has no such state of this type, or no
   *     such task. Work that depends on it runs on an I/O thread of the job and must not block for
   *     long
   * @throws IllegalArgumentException if there is no such stage, it has keys of another type, or its
   *     tasks keep nothing besides
   */
  <R> CompletionStage<R> query(String stage, StateQuery<R> query);

  /**
   * Reads the state of many keys of a stage, in the order of {@link KeyRange}. All of its tasks
   * answer, as they do for one key; a query of many keys counts as one that waits. Returns at once.
   *
   * @param stage a stage with a process function behind {@code keyBy}
   * @param query which state of which keys, and at which level
   * @param <K> type of the keys
   * @param <R> what is given of each key
   * @return the first keys that have something, each with it; failed as for one key
   * @throws IllegalArgumentException if there is no such stage, it has keys of another type, or
   *     there is a prefix and its keys are not written by an {@link
   *     dev.weir.serde.ordered.OrderedSerializer}
   */
  <K, R> CompletionStage<List<Map.Entry<K, R>>> query(String stage, KeyQuery<K, R> query);

  /**
   * Changes how many tasks each stage of the running job has, while it runs and without reading
   * state back: the tasks halt at a checkpoint, and when that is completed other tasks go on with
   * what they kept. Records wait meanwhile, for some tens of milliseconds; none is lost or doubled,
   * whatever fails and whenever. Restarts keep the new parallelism; a new start of the job begins
   * with the one that its configuration says, from the same checkpoints. Returns at once.
   *
   * @param parallelism tasks per stage from now on; 1 to {@code max.parallelism}
   * @return the job as it was when its new tasks had begun, or as it is if it runs so already;
   *     failed with a {@link dev.weir.error.RescaleFailedException} if the job does not run, ends
   *     or fails meanwhile, or another rescale is under way. Work that depends on it must not block
   * @throws IllegalArgumentException if it is out of bounds
   */
  CompletionStage<JobStatus> rescale(int parallelism);

  /**
   * Takes a savepoint of the running job, which goes on: a checkpoint is completed as always, with
   * its output, and then copied. Returns at once.
   *
   * @param target an empty place: {@code file:}, {@code memory:} or the URI of a {@link
   *     dev.weir.connector.SnapshotStoreProvider}
   * @return the savepoint, once it is there in full and every file is checked; failed with a {@link
   *     dev.weir.error.WeirException} if the job does not run, its attempt fails before, or the
   *     copy fails, which does the job no harm
   * @throws dev.weir.error.InvalidConfigException if the URI means no store
   */
  CompletionStage<Savepoint> savepoint(URI target);

  /**
   * Like {@link #savepoint}, and the job ends with it, as with {@link #stop()}: nothing is
   * processed behind the savepoint. The job has ended only when the copy has.
   *
   * @param target an empty place
   * @param mode whether windows and timers stay open
   * @return the savepoint; where the copy fails, the job has stopped with its final checkpoint all
   *     the same
   * @throws dev.weir.error.InvalidConfigException if the URI means no store
   */
  CompletionStage<Savepoint> stopWithSavepoint(URI target, StopMode mode);

  /** Like {@link #stopWithSavepoint(URI, StopMode)}; windows and timers stay open. */
  default CompletionStage<Savepoint> stopWithSavepoint(URI target) {
    return stopWithSavepoint(target, StopMode.SUSPEND);
  }

  /**
   * Ends the job with a final checkpoint: no input is taken any more, what was taken is processed
   * and committed, open windows and timers wait in the checkpoint. Returns at once; see {@link
   * #await()}. A job that is starting or restarting is stopped as soon as it runs.
   */
  default void stop() {
    stop(StopMode.SUSPEND);
  }

  /**
   * Like {@link #stop()}, and says what becomes of windows and timers that are open.
   *
   * @param mode whether they stay open
   */
  void stop(StopMode mode);

  /**
   * Ends the job now. Output since the last completed checkpoint is never shown; a later start goes
   * on from that checkpoint. Returns at once; see {@link #await()}.
   */
  void cancel();

  /** Cancels the job if it has not ended, and waits for its end. Never throws for a failed job. */
  @Override
  void close();
}
