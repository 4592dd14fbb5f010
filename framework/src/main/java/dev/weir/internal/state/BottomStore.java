package dev.weir.internal.state;

import java.util.List;
import java.util.function.IntToLongFunction;

/** The lowest layer of a backend: heap maps or RocksDB. */
public interface BottomStore extends AutoCloseable {
  /** Before every checkpoint. */
  long NOTHING = -1;

  /** Makes a table; before anything is restored. */
  <K, V> BottomTable<K, V> table(TableDescriptor<K, V> descriptor);

  /** What was restored is complete. */
  void restored();

  /**
   * Lets layers sink, all or none; on the task's thread. May go on in the background; the layers
   * stay as they are, and are read above the bottom, until it is done. Those of one call come after
   * those of the call before.
   *
   * @param checkpointId the completed checkpoint that they belong to
   * @param layers by table; of several for the same one, the oldest first
   */
  Sinking sink(long checkpointId, List<SinkingLayer<?, ?>> layers);

  /**
   * Brings in what the checkpoint's base has, which is the lowest part of what is restored; before
   * any file is.
   *
   * @param tables finds the table that rows written as another belong to
   * @return up to which checkpoint each key group has what files say
   */
  default IntToLongFunction restoreBase(MatchingTables tables) {
    return keyGroup -> NOTHING;
  }

  /** Whether it is saved as files of its own that tasks share, instead of by each task. */
  default boolean sharesBase() {
    return false;
  }

  /**
   * The newest shared base that is durable has what files of checkpoints up to this one say; -1:
   * nothing. Thread-safe.
   */
  default long baseThrough() {
    return NOTHING;
  }

  /** Releases memory and handles after waiting for what sinks. Idempotent. */
  @Override
  void close();

  /** Finds where rows go that were written as some table. */
  @FunctionalInterface
  interface MatchingTables {
    /**
     * The table for the rows of one as it was written.
     *
     * @throws dev.weir.error.RestoreException if there is none that fits
     */
    BottomTable<?, ?> of(FileHeader.Table written);
  }

  /** A layer on its way down. */
  record SinkingLayer<K, V>(BottomTable<K, V> table, RowLayer<K, V> layer) {}

  /** Layers on their way down. Thread-safe. */
  @FunctionalInterface
  interface Sinking {
    /** What is down already. */
    Sinking DONE = () -> true;

    /** Whether the bottom has it all; throws what went wrong. */
    boolean isDone();
  }
}
