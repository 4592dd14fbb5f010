package dev.weir.job;

/**
 * How the files that Weir writes for a checkpoint are packed. Each file says itself how it was
 * written, so every setting reads what any other one wrote.
 */
public enum SnapshotCompression {
  /** As they are: least work. */
  NONE,
  /**
   * With zlib (RFC 1950), at its fastest level: fewer bytes to write, to keep and to fetch, for
   * processor time of the I/O threads. Files of RocksDB stay as RocksDB writes them, which
   * compresses most of them itself.
   */
  ZLIB
}
