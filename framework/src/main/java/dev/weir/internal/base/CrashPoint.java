package dev.weir.internal.base;

/**
 * The moments around each effect of a checkpoint and of recovery at which tests let the process
 * die. In production {@link Hook#NONE} is called, which does nothing.
 */
public enum CrashPoint {
  /** The ledger is taken over, nothing is restored yet. */
  TAKEN_OVER,
  /** The last completed checkpoint is loaded, no record is read yet. */
  RESTORED,
  /** The barrier is on its way to the sources. */
  BARRIER_INJECTED,
  /** A task has frozen its state; nothing is written yet. */
  STATE_FROZEN,
  /** A file of tasks' state is written and forced, not yet renamed. */
  STATE_FILE_FORCED,
  /** The state of every task is durable. */
  STATE_FILE_WRITTEN,
  /** A sink holds everything of the checkpoint safely outside. */
  SINK_PREPARED,
  /** All snapshots and sinks have answered; the manifest is not begun. */
  ALL_ACKNOWLEDGED,
  /** The manifest is written and forced, not yet renamed; or it is in its slot, not yet forced. */
  MANIFEST_FORCED,
  /** The manifest is durable; the ledger does not name it yet. */
  MANIFEST_WRITTEN,
  /** The ledger has completed the checkpoint; nobody knows yet. */
  LEDGER_COMPLETED,
  /** Every task knows that the checkpoint is completed. */
  COMPLETION_ANNOUNCED,
  /**
   * For a rescale all tasks have halted at a completed checkpoint; what they keep is theirs yet.
   */
  RESCALE_HALTED,
  /** For a rescale other tasks have what those before them kept; none of them runs. */
  RESCALE_ASSIGNED,
  /** After a rescale the other tasks run. */
  RESCALED,
  /** A file that no retained checkpoint needs is about to be removed. */
  BEFORE_DELETE,
  /** A checkpoint that a savepoint is made of is completed; nothing of it is copied. */
  SAVEPOINT_BEGUN,
  /** Every file of a savepoint is copied and checked; its manifest is not written. */
  SAVEPOINT_FILES_COPIED,
  /** A savepoint's manifest is durable; its marker is not written, so there is no savepoint. */
  SAVEPOINT_MANIFEST_WRITTEN,
  /** A savepoint is there; nobody has been told. */
  SAVEPOINT_MARKED,
  /** A savepoint is copied into the job's own store; the ledger names no checkpoint yet. */
  SAVEPOINT_FETCHED,
  /** A base is linked on the local disk; nothing of it is uploaded. */
  BASE_LINKED,
  /** A file of a base is written and forced, not yet renamed. */
  BASE_FILE_FORCED,
  /** A file of a base is durable. */
  BASE_FILE_WRITTEN,
  /** A base is durable; no manifest names it yet. */
  BASE_WRITTEN,
  /** Local state cannot be trusted and is about to be removed. */
  LOCAL_REMOVED,
  /** A file of a base is on the local disk again; others are missing. */
  LOCAL_FILE_FETCHED,
  /** The files of a base are on the local disk again, but not yet said to be good. */
  LOCAL_FETCHED,
  /** Local state is open; what is missing is not read yet. */
  LOCAL_OPENED;

  /** Called at each point, on the thread that does the effect. */
  @FunctionalInterface
  public interface Hook {
    /** Does nothing. */
    Hook NONE = (point, checkpointId) -> {};

    /** The point is reached for this checkpoint; in recovery the id is -1. */
    void reached(CrashPoint point, long checkpointId);
  }
}
