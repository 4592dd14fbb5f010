package dev.weir.internal.state;

import java.util.Arrays;

/**
 * Rows by (time, key): a hash table with chains, whose links are the rows' own, so that a look-up
 * makes no object and follows no other. It grows by a chain or two with each row that is added [1],
 * so that no row pays for all others; or it has from the start as many chains as rows are expected,
 * of which memory is taken when they are used. Confined to the task's thread; others may read once
 * frozen.
 *
 * <p>Most look-ups are for rows that are not there, since a row may be in any of several layers. So
 * there is a byte for each chain, small enough to stay in the processor's cache, in which each row
 * of the chain sets one bit of eight by its hash: where the bit is not set the row is not there,
 * and nothing waits for memory. A row that is removed leaves its bit, which says nothing wrong.
 *
 * <p>[1] W. Litwin, "Linear hashing: a new tool for file and table addressing", VLDB 1980. Chains
 * are split in their order: those before the next one to be split, and what they were split into,
 * are told apart by one more bit of the hash. Here the chains are kept in segments, so that growing
 * copies none of them.
 *
 * <pre>
 *   0 ........ chains - half .... half ........ chains ....  2 * half
 *   |  split  |  not yet split   | split off   |  not there yet
 * </pre>
 */
public final class RowMap<K, V> {
  private static final int SEGMENT_BITS = 10;
  private static final int SEGMENT = 1 << SEGMENT_BITS;
  private static final int LARGEST = 1 << 30;

  private Row<K, V>[][] segments;
  private byte[][] bits;
  private int half;
  private int chains;
  private int size;

  /** Empty, with chains for so many rows. */
  RowMap(int expected) {
    int wanted = (int) Math.min(expected + (long) expected / 3 + 1, LARGEST);
    int needed = Math.max(1, (wanted + SEGMENT - 1) >>> SEGMENT_BITS);
    chains = needed << SEGMENT_BITS;
    half = Integer.highestOneBit(chains);
    segments = segments(Math.max(4, needed));
    bits = new byte[segments.length][];
  }

  /** Spreads a key's hash code and its time over all bits. */
  public static int hash(long time, Object key) {
    int h = key.hashCode() + Long.hashCode(time * 0x9E3779B97F4A7C15L);
    h *= 0x9E3779B9;
    return h ^ (h >>> 16);
  }

  int size() {
    return size;
  }

  /** The row, or null. */
  Row<K, V> find(int hash, long time, K key) {
    int chain = chainOf(hash);
    byte[] ofSegment = bits[chain >>> SEGMENT_BITS];
    if (ofSegment == null || (ofSegment[chain & (SEGMENT - 1)] & bit(hash)) == 0) {
      return null;
    }
    Row<K, V> row = segments[chain >>> SEGMENT_BITS][chain & (SEGMENT - 1)];
    while (row != null && !(row.hash == hash && row.time == time && isSame(row.key, key))) {
      row = row.nextInChain;
    }
    return row;
  }

  private int chainOf(int hash) {
    int chain = hash & (2 * half - 1);
    return chain < chains ? chain : chain - half;
  }

  /** One of eight, by a part of the hash that does not say which chain. */
  private static int bit(int hash) {
    return 1 << (hash >>> (Integer.SIZE - 3));
  }

  private static boolean isSame(Object left, Object right) {
    return left == right || left.equals(right);
  }

  /** Adds a row that is not there. */
  void add(Row<K, V> row) {
    size++;
    while (size > chains - (chains >>> 2) && chains < LARGEST) {
      split();
    }
    link(row);
  }

  /** Removes a row that is there. */
  void remove(Row<K, V> row) {
    int chain = chainOf(row.hash);
    Row<K, V>[] segment = segments[chain >>> SEGMENT_BITS];
    Row<K, V> before = segment[chain & (SEGMENT - 1)];
    if (before == row) {
      segment[chain & (SEGMENT - 1)] = row.nextInChain;
    } else {
      while (before.nextInChain != row) {
        before = before.nextInChain;
      }
      before.nextInChain = row.nextInChain;
    }
    row.nextInChain = null;
    size--;
  }

  /** Puts the rows of the next chain to it and to a new one. */
  private void split() {
    int old = chains - half;
    addChain();
    Row<K, V> row = taken(old);
    while (row != null) {
      Row<K, V> next = row.nextInChain;
      link(row);
      row = next;
    }
    if (chains == 2 * half) {
      half = chains;
    }
  }

  /** The rows of a chain, which has none then. */
  private Row<K, V> taken(int chain) {
    Row<K, V>[] segment = segments[chain >>> SEGMENT_BITS];
    if (segment == null) {
      return null;
    }
    Row<K, V> first = segment[chain & (SEGMENT - 1)];
    segment[chain & (SEGMENT - 1)] = null;
    bits[chain >>> SEGMENT_BITS][chain & (SEGMENT - 1)] = 0;
    return first;
  }

  private void addChain() {
    int segment = chains >>> SEGMENT_BITS;
    if (segment == segments.length) {
      segments = Arrays.copyOf(segments, 2 * segment);
      bits = Arrays.copyOf(bits, 2 * segment);
    }
    chains++;
  }

  private void link(Row<K, V> row) {
    int chain = chainOf(row.hash);
    Row<K, V>[] segment = segments[chain >>> SEGMENT_BITS];
    if (segment == null) {
      segment = segment();
      segments[chain >>> SEGMENT_BITS] = segment;
      bits[chain >>> SEGMENT_BITS] = new byte[SEGMENT];
    }
    row.nextInChain = segment[chain & (SEGMENT - 1)];
    segment[chain & (SEGMENT - 1)] = row;
    bits[chain >>> SEGMENT_BITS][chain & (SEGMENT - 1)] |= (byte) bit(row.hash);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Holds nothing yet.
  private static <K, V> Row<K, V>[][] segments(int length) {
    return new Row[length][];
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Holds nothing yet.
  private static <K, V> Row<K, V>[] segment() {
    return new Row[SEGMENT];
  }
}
