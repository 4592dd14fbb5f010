package dev.weir.internal.state.rocksdb;

import dev.weir.internal.base.Checks;

/**
 * How the memory for state is divided; all tasks of a process share it. Most of what is outside the
 * heap goes to the row cache: a hit there costs a tenth of one in the block cache, and it wastes
 * nothing on neighbours that nobody asked for.
 *
 * @param rowCacheBytes rows that were read or written
 * @param blockCacheBytes blocks, indexes and filters of files, and write buffers
 * @param writeBuffersBytes all write buffers together, out of the block cache
 * @param unsunkBytes rows on the heap that wait for a checkpoint, by estimate: from half of it on
 *     they ask for one, and when they fill it tasks wait for the one under way
 */
public record StateMemory(
    long rowCacheBytes, long blockCacheBytes, long writeBuffersBytes, long unsunkBytes) {
  /** For what is done in passing. */
  static final StateMemory SMALL = of(64L << 20, 64L << 20);

  private static final long LARGEST_WRITE_BUFFER = 32L << 20;

  /** Checks that there is some of each. */
  public StateMemory {
    Checks.argument(
        rowCacheBytes > 0
            && 0 < writeBuffersBytes
            && writeBuffersBytes <= blockCacheBytes
            && unsunkBytes > 0,
        "Cannot divide memory into %s for rows, %s for blocks, %s of it for write buffers, %s for"
            + " rows on the heap",
        rowCacheBytes,
        blockCacheBytes,
        writeBuffersBytes,
        unsunkBytes);
  }

  /**
   * Three quarters for rows, the rest for blocks, a half of which may be written to; on the heap as
   * much again, but no more than a quarter of it.
   *
   * @param bytes the most that may be taken outside the heap
   * @param heapBytes the size that the heap may have
   */
  public static StateMemory of(long bytes, long heapBytes) {
    return new StateMemory(
        bytes - bytes / 4, bytes / 4, bytes / 8, Math.max(1, Math.min(bytes, heapBytes / 4)));
  }

  /** One write buffer; there is at least one per column family. */
  long writeBufferBytes() {
    return Math.min(LARGEST_WRITE_BUFFER, writeBuffersBytes / 2);
  }
}
