package dev.weir.internal.row;

import java.util.Arrays;

/**
 * Chains whose links are numbers of rows, given in the order in which rows come; those of removed
 * rows are given again. Were they references, each new row would be a link from an old object to a
 * young one, anywhere in memory, and the collector would have to look for it; so there is one such
 * link per row, side by side with those of the rows before. A row that is there takes a look more.
 * Confined to the task's thread; others may read once frozen.
 *
 * <pre>
 *   segments: chain  -> first row      next: row -> next row in its chain, or next free number
 *   rows:     number -> row            0 is none
 * </pre>
 */
final class NumberedChains<K, V> implements Chains<K, V> {
  private static final int NONE = 0;

  private int[][] segments = new int[4][];
  private Row<K, V>[][] rows = pages(4);
  private int[][] next = new int[4][];
  private int firstFree = NONE;
  private int given;

  @Override
  public void room(int count) {
    if (count > segments.length) {
      segments = Arrays.copyOf(segments, Math.max(count, 2 * segments.length));
    }
  }

  private Row<K, V> row(int number) {
    return rows[number >>> SEGMENT_BITS][number & (SEGMENT - 1)];
  }

  private int next(int number) {
    return next[number >>> SEGMENT_BITS][number & (SEGMENT - 1)];
  }

  private void next(int number, int other) {
    next[number >>> SEGMENT_BITS][number & (SEGMENT - 1)] = other;
  }

  @Override
  public Row<K, V> find(int chain, int hash, long time, K key) {
    int number = segments[chain >>> SEGMENT_BITS][chain & (SEGMENT - 1)];
    while (number != NONE) {
      Row<K, V> row = row(number);
      if (Chains.isRow(row, hash, time, key)) {
        return row;
      }
      number = next(number);
    }
    return null;
  }

  @Override
  public Row<K, V> first(int chain) {
    int[] segment = segments[chain >>> SEGMENT_BITS];
    int number = segment == null ? NONE : segment[chain & (SEGMENT - 1)];
    return number == NONE ? null : row(number);
  }

  @Override
  public void add(int chain, Row<K, V> row) {
    int number = free();
    rows[number >>> SEGMENT_BITS][number & (SEGMENT - 1)] = row;
    link(chain, number);
  }

  private void link(int chain, int number) {
    int[] segment = segments[chain >>> SEGMENT_BITS];
    if (segment == null) {
      segment = new int[SEGMENT];
      segments[chain >>> SEGMENT_BITS] = segment;
    }
    next(number, segment[chain & (SEGMENT - 1)]);
    segment[chain & (SEGMENT - 1)] = number;
  }

  private int free() {
    int number = firstFree;
    if (number != NONE) {
      firstFree = next(number);
      return number;
    }
    given++;
    int page = given >>> SEGMENT_BITS;
    if (page == rows.length) {
      rows = Arrays.copyOf(rows, 2 * page);
      next = Arrays.copyOf(next, 2 * page);
    }
    if (rows[page] == null) {
      rows[page] = page();
      next[page] = new int[SEGMENT];
    }
    return given;
  }

  @Override
  public void remove(int chain, Row<K, V> row) {
    int[] segment = segments[chain >>> SEGMENT_BITS];
    int number = segment[chain & (SEGMENT - 1)];
    if (row(number) == row) {
      segment[chain & (SEGMENT - 1)] = next(number);
    } else {
      int before = number;
      number = next(before);
      while (row(number) != row) {
        before = number;
        number = next(before);
      }
      next(before, next(number));
    }
    rows[number >>> SEGMENT_BITS][number & (SEGMENT - 1)] = null;
    next(number, firstFree);
    firstFree = number;
  }

  @Override
  public void split(int chain, int bit, ChainBits bits) {
    int[] segment = segments[chain >>> SEGMENT_BITS];
    int number = segment == null ? NONE : segment[chain & (SEGMENT - 1)];
    if (number != NONE) {
      segment[chain & (SEGMENT - 1)] = NONE;
    }
    while (number != NONE) {
      int following = next(number);
      int hash = row(number).hash;
      int to = (hash & bit) == 0 ? chain : chain + bit;
      bits.set(to, hash);
      link(to, number);
      number = following;
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Holds nothing yet.
  private static <K, V> Row<K, V>[][] pages(int length) {
    return new Row[length][];
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Holds nothing yet.
  private static <K, V> Row<K, V>[] page() {
    return new Row[SEGMENT];
  }
}
