package dev.weir.internal.state;

import java.util.List;

/** The lowest layer of a backend: heap maps or RocksDB. */
public interface BottomStore extends AutoCloseable {
  /** Makes a table; before anything is restored. */
  <K, V> BottomTable<K, V> table(TableDescriptor<K, V> descriptor);

  /** What was restored is complete. */
  void restored();

  /**
   * Lets layers sink, all or none; on the task's thread. May go on in the background; the layers
   * stay as they are, and are read above the bottom, until it is done. Those of one call come after
   * those of the call before.
   *
   * @param layers by table; of several for the same one, the oldest first
   */
  Sinking sink(List<SinkingLayer<?, ?>> layers);

  /** Releases memory and handles after waiting for what sinks. Idempotent. */
  @Override
  void close();

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
