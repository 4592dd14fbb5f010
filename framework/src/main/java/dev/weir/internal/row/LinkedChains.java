package dev.weir.internal.row;

import java.util.Arrays;

/**
 * Chains whose links are references, the rows' own: nothing stands between a chain and its rows.
 * Confined to the task's thread; others may read once frozen.
 */
final class LinkedChains<K, V> implements Chains<K, V> {
  private Row<K, V>[][] segments = segments(4);

  @Override
  public void room(int count) {
    if (count > segments.length) {
      segments = Arrays.copyOf(segments, Math.max(count, 2 * segments.length));
    }
  }

  @Override
  public Row<K, V> find(int chain, int hash, long time, K key) {
    return Row.inChain(segments[chain >>> SEGMENT_BITS][chain & (SEGMENT - 1)], hash, time, key);
  }

  @Override
  public Row<K, V> first(int chain) {
    Row<K, V>[] segment = segments[chain >>> SEGMENT_BITS];
    return segment == null ? null : segment[chain & (SEGMENT - 1)];
  }

  @Override
  public void add(int chain, Row<K, V> row) {
    Row<K, V>[] segment = segments[chain >>> SEGMENT_BITS];
    if (segment == null) {
      segment = segment();
      segments[chain >>> SEGMENT_BITS] = segment;
    }
    row.nextInChain = segment[chain & (SEGMENT - 1)];
    segment[chain & (SEGMENT - 1)] = row;
  }

  @Override
  public void remove(int chain, Row<K, V> row) {
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
  }

  @Override
  public void split(int chain, int bit, ChainBits bits) {
    Row<K, V>[] segment = segments[chain >>> SEGMENT_BITS];
    Row<K, V> row = segment == null ? null : segment[chain & (SEGMENT - 1)];
    if (row != null) {
      segment[chain & (SEGMENT - 1)] = null;
    }
    while (row != null) {
      Row<K, V> next = row.nextInChain;
      int to = (row.hash & bit) == 0 ? chain : chain + bit;
      bits.set(to, row.hash);
      add(to, row);
      row = next;
    }
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
