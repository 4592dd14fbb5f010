package dev.weir.internal.cache;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of the row cache: a hash table over entries that lie one behind the other in chunks. When
 * no chunk is to be had any more, the oldest one is used again; of its entries those that were read
 * since they came stay, but no more than fill half of it: first in, first out, with a second chance
 * [1]. To be used under its own lock, but for what says that it may be asked without.
 *
 * <pre>
 *   entry:    int hash   int table   short key length   byte is used   byte is dead
 *             int value length   int room for the value   key   value   up to a multiple of 8
 *   address:  number of the chunk, offset within it
 * </pre>
 *
 * <p>[1] F. J. Corbato, A Paging Experiment with the Multics System, 1969: the clock.
 */
final class RowSegment {
  /** Larger rows are not kept: they would drive out many small ones, and copying is their cost. */
  private static final int LARGEST_ENTRY = Memory.CHUNK_BYTES / 4;

  private static final int HASH = 0;
  private static final int TABLE = 4;
  private static final int KEY_LENGTH = 8;
  private static final int IS_USED = 10;
  private static final int IS_DEAD = 11;
  private static final int VALUE_LENGTH = 12;
  private static final int ROOM = 16;
  private static final int HEADER = 20;
  private static final int NONE = -1;
  private static final int LINE = 64;
  private static final int LOOKED_AT = 2 * LINE + 1;
  private static final int MOST_CHUNKS = 1 << (Integer.SIZE - 1 - Memory.CHUNK_BITS);

  private final Memory memory;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile ByteBuffer[] chunks = new ByteBuffer[0];
  private final SlotTable slots = new SlotTable(this::hashAt);
  private int current = NONE;
  private volatile boolean hasLost;

  RowSegment(Memory memory) {
    this.memory = memory;
  }

  boolean tryLock() {
    return lock.tryLock();
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  int count() {
    return slots.count();
  }

  /** Whether a row was let go, ever; may be asked without the lock. */
  boolean hasLost() {
    return hasLost;
  }

  /** Copies what fits; gives the length of the whole value, or why there is none. */
  int get(RowCache.Key key, byte[] target) {
    int at = find(key);
    if (at == NONE) {
      return hasLost ? RowCache.ABSENT : RowCache.NEVER_LOST;
    }
    ByteBuffer chunk = chunkOf(at);
    int entry = offset(at);
    chunk.put(entry + IS_USED, (byte) 1);
    int length = chunk.getInt(entry + VALUE_LENGTH);
    chunk.get(entry + HEADER + key.length(), target, 0, Math.min(length, target.length));
    return length;
  }

  void put(RowCache.Key key, byte[] value, int length) {
    int at = find(key);
    if (at != NONE) {
      ByteBuffer chunk = chunkOf(at);
      int entry = offset(at);
      if (length <= chunk.getInt(entry + ROOM)) {
        chunk.putInt(entry + VALUE_LENGTH, length);
        chunk.put(entry + HEADER + key.length(), value, 0, length);
        return;
      }
      kill(at);
    }
    int size = (HEADER + key.length() + length + 7) & ~7;
    if (size <= LARGEST_ENTRY && hasSpace(size)) {
      ByteBuffer chunk = chunks[current];
      int entry = append(key, size);
      chunk.putInt(entry + VALUE_LENGTH, length);
      chunk.put(entry + HEADER + key.length(), value, 0, length);
    } else {
      hasLost = true;
    }
  }

  void remove(RowCache.Key key) {
    int at = find(key);
    if (at != NONE) {
      kill(at);
    }
  }

  /** Where an entry of this hash probably is, or -1; may be asked without the lock. */
  int likelyAddress(int hash) {
    return slots.likely(hash);
  }

  /**
   * Looks at the memory of an entry that is probably there, for a number that means nothing; may be
   * asked without the lock. Chunks stay and are all of one size, so there is always something.
   */
  int look(int at) {
    ByteBuffer[] made = chunks;
    if (at == NONE || at >>> Memory.CHUNK_BITS >= made.length) {
      return 0;
    }
    ByteBuffer chunk = made[at >>> Memory.CHUNK_BITS];
    int end = Math.min(offset(at) + LOOKED_AT, Memory.CHUNK_BYTES);
    int all = 0;
    for (int i = offset(at); i < end; i += LINE) {
      all += chunk.get(i);
    }
    return all;
  }

  private int find(RowCache.Key key) {
    int slot = slots.first(key.hash());
    while (slot != SlotTable.NONE && !isEntryOf(slots.address(slot), key)) {
      slot = slots.next(slot, key.hash());
    }
    return slot == SlotTable.NONE ? NONE : slots.address(slot);
  }

  private boolean isEntryOf(int at, RowCache.Key key) {
    ByteBuffer chunk = chunkOf(at);
    int entry = offset(at);
    return chunk.getInt(entry + HASH) == key.hash()
        && chunk.getInt(entry + TABLE) == key.table()
        && chunk.getShort(entry + KEY_LENGTH) == key.length()
        && key.isAt(chunk, entry + HEADER);
  }

  private ByteBuffer chunkOf(int at) {
    return chunks[at >>> Memory.CHUNK_BITS];
  }

  private static int offset(int at) {
    return at & (Memory.CHUNK_BYTES - 1);
  }

  private int hashAt(int at) {
    return chunkOf(at).getInt(offset(at) + HASH);
  }

  private void kill(int at) {
    slots.remove(hashAt(at), at);
    chunkOf(at).put(offset(at) + IS_DEAD, (byte) 1);
  }

  /** Adds an entry that the current chunk has space for, but for its value. */
  private int append(RowCache.Key key, int size) {
    ByteBuffer chunk = chunks[current];
    int entry = chunk.position();
    chunk.position(entry + size);
    chunk.putInt(entry + HASH, key.hash());
    chunk.putInt(entry + TABLE, key.table());
    chunk.putShort(entry + KEY_LENGTH, (short) key.length());
    chunk.putShort(entry + IS_USED, (short) 0);
    chunk.putInt(entry + ROOM, size - HEADER - key.length());
    key.writeTo(chunk, entry + HEADER);
    slots.add(key.hash(), current << Memory.CHUNK_BITS | entry);
    return entry;
  }

  /** Goes on to another chunk if the current one is full. */
  private boolean hasSpace(int size) {
    if (current != NONE && size <= chunks[current].remaining()) {
      return true;
    }
    ByteBuffer fresh = chunks.length < MOST_CHUNKS ? memory.take() : null;
    if (fresh != null) {
      current = chunks.length;
      add(fresh);
    } else if (current != NONE) {
      current = (current + 1) % chunks.length;
      sweep(chunks[current]);
    }
    return current != NONE;
  }

  private void add(ByteBuffer fresh) {
    ByteBuffer[] more = Arrays.copyOf(chunks, chunks.length + 1);
    more[chunks.length] = fresh;
    chunks = more; // Once it is whole, for those without the lock.
  }

  /** Moves the entries that may stay to the front of their chunk. */
  private void sweep(ByteBuffer chunk) {
    int base = current << Memory.CHUNK_BITS;
    int end = chunk.position();
    chunk.position(0);
    int entry = 0;
    while (entry < end) {
      int size = HEADER + chunk.getShort(entry + KEY_LENGTH) + chunk.getInt(entry + ROOM);
      if (chunk.get(entry + IS_DEAD) == 0) {
        slots.remove(chunk.getInt(entry + HASH), base | entry);
        int kept = chunk.position();
        if (chunk.get(entry + IS_USED) != 0 && kept + size <= Memory.CHUNK_BYTES / 2) {
          chunk.put(kept, chunk, entry, size);
          chunk.put(kept + IS_USED, (byte) 0);
          chunk.position(kept + size);
          slots.add(chunk.getInt(kept + HASH), base | kept);
        } else {
          hasLost = true;
        }
      }
      entry += size;
    }
  }

  /**
   * Memory outside the heap, in chunks, up to a bound. Chunks are never given back: who has one
   * uses it again and again, and it goes with the cache. Thread-safe.
   */
  static final class Memory {
    static final int CHUNK_BITS = 16;
    static final int CHUNK_BYTES = 1 << CHUNK_BITS;

    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);

    private final AtomicInteger left;

    Memory(long bytes) {
      this.left = new AtomicInteger((int) Math.min(bytes >>> CHUNK_BITS, Integer.MAX_VALUE));
    }

    /** A chunk of zeros; null if there are no more. */
    ByteBuffer take() {
      if (left.getAndUpdate(count -> Math.max(0, count - 1)) == 0) {
        return null;
      }
      try {
        return ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.nativeOrder());
      } catch (OutOfMemoryError e) { // The JVM has a bound of its own, by default that of the heap.
        LOG.warn(
            "The row cache stays {} MiB smaller than state.memory.bytes allows: {}. Set"
                + " -XX:MaxDirectMemorySize higher.",
            (left.getAndSet(0) + 1L) >>> (20 - CHUNK_BITS),
            e.getMessage());
        return null;
      }
    }
  }
}
