package dev.weir.internal.row;

/**
 * Where a {@link RowMap} has its rows: chains by number, in segments. Confined to the task's
 * thread; others may read once frozen.
 */
interface Chains<K, V> {
  /** A segment has this many chains, as a power of two. */
  int SEGMENT_BITS = 10;

  /** A segment has this many chains. */
  int SEGMENT = 1 << SEGMENT_BITS;

  /** Makes room for chains in so many segments; takes memory when they are used. */
  void room(int segments);

  /** The row in a chain, or null. */
  Row<K, V> find(int chain, int hash, long time, K key);

  /** The first row of a chain, or null. */
  Row<K, V> first(int chain);

  /** Adds a row to a chain. */
  void add(int chain, Row<K, V> row);

  /** Removes a row from its chain. */
  void remove(int chain, Row<K, V> row);

  /** Moves the rows with this bit in their hash, a power of two, to the chain so much higher. */
  void split(int chain, int bit, ChainBits bits);

  /** Whether it is the row of this time and key. */
  static <K> boolean isRow(Row<K, ?> row, int hash, long time, K key) {
    return row.hash == hash && row.time == time && (row.key == key || row.key.equals(key));
  }
}
