package dev.weir.job;

/** Where keyed state lives between checkpoints. */
public enum StateBackend {
  /** On the heap, as objects. Fastest; all state must fit. */
  HEAP,
  /**
   * Recent changes on the heap, the rest in RocksDB on a local disk. For state larger than memory.
   */
  ROCKSDB
}
