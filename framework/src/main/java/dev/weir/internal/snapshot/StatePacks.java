package dev.weir.internal.snapshot;

/** Gives the tasks of an attempt the pack of each checkpoint. Thread-safe. */
public final class StatePacks {
  private final CheckpointStore store;
  private final long attempt;
  private final int tasks;
  private long newestId = -1;
  private StatePack newest;

  /**
   * Packs for one attempt.
   *
   * @param tasks how many tasks take part in each checkpoint
   */
  public StatePacks(CheckpointStore store, long attempt, int tasks) {
    this.store = store;
    this.attempt = attempt;
    this.tasks = tasks;
  }

  /** The pack of a checkpoint, the same for every task. There is one checkpoint at a time. */
  public synchronized StatePack of(long checkpointId) {
    if (checkpointId != newestId) {
      newestId = checkpointId;
      newest = store.pack(checkpointId, attempt, tasks);
    }
    return newest;
  }
}
