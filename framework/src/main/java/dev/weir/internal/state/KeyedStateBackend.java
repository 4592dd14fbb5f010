package dev.weir.internal.state;

import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.job.ReadLevel;
import java.util.List;
import java.util.Map;

/**
 * The keyed state of one stage in one task. Life: {@link #table} for each table, {@link #restore},
 * then the task's thread reads and writes tables, freezes at each barrier, and is told of each
 * completion.
 */
public interface KeyedStateBackend extends AutoCloseable {
  /** Makes a table; before {@link #restore} only. */
  <K, V> StateTable<K, V> table(TableDescriptor<K, V> descriptor);

  /**
   * Loads the rows of this task's key groups from the parts of all subtasks of a checkpoint, by
   * subtask; there may be any number of them. Blocks; on an I/O thread, before the first step. With
   * no parts the state is empty.
   *
   * @throws dev.weir.error.RestoreException if a file is damaged or its tables do not fit; names
   *     them
   */
  void restore(List<StagePart> parts, CheckpointStore store);

  /**
   * Cuts the state at a barrier by swapping pointers; on the task's thread, in time that does not
   * depend on the size of the state.
   */
  FrozenState freeze(long checkpointId);

  /**
   * Lets the frozen changes of this checkpoint and all before sink to the bottom; on the task's
   * thread, which brings them down itself by {@link #sinkSome} if nobody else does.
   */
  void completed(long checkpointId);

  /**
   * Brings the next part of what is completed down, in time that follows what was changed since the
   * turn before; on the task's thread, between records. True if there was something.
   */
  boolean sinkSome();

  /**
   * Brings everything down, so that the bottom alone has the state as it was at the last barrier,
   * which is completed, and behind which nothing was changed. Blocks; on an I/O thread, after the
   * last step. Throws what went wrong behind the task's back.
   */
  void settle();

  /**
   * Whether so many changes wait that a checkpoint should be taken before its time: only a
   * completed one lets them sink. On the task's thread.
   */
  default boolean wantsCheckpoint() {
    return false;
  }

  /**
   * Whether there is no memory for changes until those of a barrier that has passed have sunk. On
   * the task's thread.
   */
  default boolean isFull() {
    return false;
  }

  /**
   * The tables as those see them who only look, at a level; for one call on the task's thread. What
   * they give is the caller's own, what is written to them is forgotten.
   */
  Map<TableDescriptor<?, ?>, StateTable<?, ?>> view(ReadLevel level);

  /**
   * Releases memory and handles; on any thread, after the last step and the last write. Idempotent.
   */
  @Override
  void close();

  /** A cut that an I/O thread can write while the task goes on. */
  interface FrozenState {
    /**
     * Writes what is needed and returns all files that make up the state at the cut, in the order
     * they are to be applied: those of earlier checkpoints that still count, and the new one. All
     * are durable with the pack. Blocks.
     */
    List<FileRef> write(StatePack pack);
  }
}
