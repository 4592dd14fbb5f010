package dev.weir.internal.cache;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Where a segment's entries lie, by the hashes of their keys: a hash table with linear probing. A
 * slot holds an address and some bits of the hash, so an entry that is looked for costs one access
 * to memory here and one to itself, and one that is not there hardly ever more than the first. Not
 * thread-safe, but for {@link #likely}.
 *
 * <pre>
 *   slot: 4 bits of the hash, address in units of 8 bytes; all bits set: free
 * </pre>
 */
final class SlotTable {
  /** No slot. */
  static final int NONE = -1;

  private static final int FREE = -1;
  private static final int SMALLEST_BITS = 6;
  private static final int MOST_LIKELY = 8;
  private static final int UNIT_BITS = 3;
  private static final int TAG_SHIFT = 28;
  private static final int UNITS = (1 << TAG_SHIFT) - 1;
  private static final int GOLDEN = 0x9E3779B9;

  private final IntUnaryOperator hashes;
  private volatile int[] slots = free(SMALLEST_BITS);
  private int count;

  /** Empty; the function gives the hash of the entry at an address. */
  SlotTable(IntUnaryOperator hashes) {
    this.hashes = hashes;
  }

  private static int[] free(int bits) {
    int[] slots = new int[1 << bits];
    Arrays.fill(slots, FREE);
    return slots;
  }

  int count() {
    return count;
  }

  /** The first slot that may be of this hash, or {@link #NONE}. */
  int first(int hash) {
    return from(home(hash), hash);
  }

  /** The next one behind another. */
  int next(int slot, int hash) {
    return from(behind(slot), hash);
  }

  private int from(int start, int hash) {
    int[] table = slots;
    int slot = start;
    while (table[slot] != FREE && table[slot] >>> TAG_SHIFT != tag(hash)) {
      slot = (slot + 1) & (table.length - 1);
    }
    return table[slot] == FREE ? NONE : slot;
  }

  /**
   * An address that the first entry of this hash probably has, or {@link #NONE}. For any thread at
   * any time: entries that come and go meanwhile make it wrong.
   */
  int likely(int hash) {
    int[] table = slots;
    int slot = home(table, hash);
    for (int i = 0; i < MOST_LIKELY && table[slot] != FREE; i++) {
      if (table[slot] >>> TAG_SHIFT == tag(hash)) {
        return (table[slot] & UNITS) << UNIT_BITS;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return NONE;
  }

  private int home(int hash) {
    return home(slots, hash);
  }

  /** Segments differ in the upper half of the hash, so all of it decides. */
  private static int home(int[] table, int hash) {
    return (hash * GOLDEN) >>> (Integer.numberOfLeadingZeros(table.length) + 1);
  }

  private static int tag(int hash) {
    return hash & 0xF;
  }

  private int behind(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  /** The address that a slot holds. */
  int address(int slot) {
    return (slots[slot] & UNITS) << UNIT_BITS;
  }

  /** Adds an entry that is not there; its address is a multiple of 8. */
  void add(int hash, int address) {
    if (count >= slots.length - slots.length / 3) {
      grow();
    }
    count++;
    int slot = home(hash);
    while (slots[slot] != FREE) {
      slot = behind(slot);
    }
    slots[slot] = tag(hash) << TAG_SHIFT | address >>> UNIT_BITS;
  }

  private void grow() {
    int[] old = slots;
    slots = free(Integer.SIZE - Integer.numberOfLeadingZeros(old.length));
    count = 0;
    for (int slot : old) {
      if (slot != FREE) {
        int address = (slot & UNITS) << UNIT_BITS;
        add(hashes.applyAsInt(address), address);
      }
    }
  }

  /** Removes the entry at an address. */
  void remove(int hash, int address) {
    int slot = first(hash);
    while (address(slot) != address) {
      slot = next(slot, hash);
    }
    count--;
    close(slot);
  }

  /** Moves those behind a gap into it that are looked for before it, as if it had never been. */
  private void close(int freed) {
    int gap = freed;
    for (int slot = behind(gap); slots[slot] != FREE; slot = behind(slot)) {
      int home = home(hashes.applyAsInt(address(slot)));
      int mask = slots.length - 1;
      if (((slot - home) & mask) >= ((slot - gap) & mask)) {
        slots[gap] = slots[slot];
        gap = slot;
      }
    }
    slots[gap] = FREE;
  }
}
