package dev.weir.internal.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of rows that RocksDB has too, outside the heap, for all tables and tasks together. What
 * is read comes in, and what sinks; what was not read for long goes out.
 *
 * <p>It never gives an old value: a row is changed or removed here while it sinks, and as long as
 * it sinks the task reads it from the frozen layer above. For the same reason a task never brings
 * in a row that is sinking. So it does not matter to the truth whether a row is here, and the
 * task's thread never waits: a part that is in use by another thread has nothing for it.
 *
 * <p>Thread-safe.
 */
public final class RowCache {
  /** The row is not here, but may have been, or cannot be looked for without waiting. */
  public static final int ABSENT = -1;

  /**
   * The row is not here, and if it was ever put here it was removed: nothing was let go yet.
   * Whoever has put all rows of a table here knows that there is no such row.
   */
  public static final int NEVER_LOST = -2;

  private static final int MOST_SEGMENTS = 64;
  private static final int CHUNKS_PER_SEGMENT = 16;

  private final RowSegment[] segments;

  /** A cache of so many bytes at most. */
  public RowCache(long bytes) {
    RowSegment.Memory memory = new RowSegment.Memory(bytes);
    long chunks = bytes / RowSegment.Memory.CHUNK_BYTES;
    this.segments =
        new RowSegment[(int) Math.max(1, Math.min(MOST_SEGMENTS, chunks / CHUNKS_PER_SEGMENT))];
    for (int i = 0; i < segments.length; i++) {
      segments[i] = new RowSegment(memory);
    }
  }

  /**
   * Copies as much of the row's value as the target takes.
   *
   * @return the length of the whole value, {@link #ABSENT} or {@link #NEVER_LOST}
   */
  public int get(Key key, byte[] target) {
    RowSegment segment = segmentOf(key);
    if (!segment.tryLock()) {
      return ABSENT;
    }
    try {
      return segment.get(key, target);
    } finally {
      segment.unlock();
    }
  }

  /** Brings in a row that was read, if that goes without waiting. */
  public void offer(Key key, byte[] value, int length) {
    RowSegment segment = segmentOf(key);
    if (segment.tryLock()) {
      try {
        segment.put(key, value, length);
      } finally {
        segment.unlock();
      }
    }
  }

  /** Sets a row that sinks; may wait. */
  public void put(Key key, byte[] value, int length) {
    RowSegment segment = segmentOf(key);
    segment.lock();
    try {
      segment.put(key, value, length);
    } finally {
      segment.unlock();
    }
  }

  /** Removes a row whose removal sinks; may wait. */
  public void remove(Key key) {
    RowSegment segment = segmentOf(key);
    segment.lock();
    try {
      segment.remove(key);
    } finally {
      segment.unlock();
    }
  }

  /** Whether a row that was put here was let go, ever. */
  public boolean hasLost() {
    for (RowSegment segment : segments) {
      if (segment.hasLost()) {
        return true;
      }
    }
    return false;
  }

  private RowSegment segmentOf(Key key) {
    return segmentOf(key.hash());
  }

  RowSegment segmentOf(int hash) {
    return segments[(hash >>> 16) % segments.length];
  }

  /** The key of a row in the cache, to be used again and again. Confined to one thread. */
  public static final class Key {
    private static final VarHandle LONGS =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final int table;
    private byte[] bytes = new byte[0];
    private int length;
    private int hash;

    /** Of one table, whose number no other table of the process has had. */
    public Key(int table) {
      this.table = table;
    }

    /** Makes it this key; the bytes are not copied. */
    public Key of(byte[] keyBytes, int keyLength) {
      if (bytes != keyBytes) { // Writing a reference may cost a memory barrier.
        bytes = keyBytes;
      }
      length = keyLength;
      hash = hash(table, keyBytes, keyLength);
      return this;
    }

    private static int hash(int table, byte[] bytes, int length) {
      long hash = table * MULTIPLIER + length;
      int at = 0;
      for (; at + Long.BYTES <= length; at += Long.BYTES) {
        hash = mixed(hash ^ (long) LONGS.get(bytes, at));
      }
      long rest = 0;
      for (; at < length; at++) {
        rest = rest << Byte.SIZE | (bytes[at] & 0xFF);
      }
      hash = mixed(hash ^ rest);
      return (int) (hash ^ hash >>> Integer.SIZE);
    }

    private static long mixed(long value) {
      long product = value * MULTIPLIER;
      return product ^ product >>> 29;
    }

    int table() {
      return table;
    }

    int hash() {
      return hash;
    }

    int length() {
      return length;
    }

    void writeTo(ByteBuffer chunk, int start) {
      chunk.put(start, bytes, 0, length);
    }

    /** Whether the bytes there, in native order, are these. */
    boolean isAt(ByteBuffer chunk, int start) {
      int i = 0;
      while (i + Long.BYTES <= length && chunk.getLong(start + i) == (long) LONGS.get(bytes, i)) {
        i += Long.BYTES;
      }
      while (i < length && chunk.get(start + i) == bytes[i]) {
        i++;
      }
      return i == length;
    }
  }
}
