package dev.weir.internal.state;

/**
 * Rows by (time, key): a hash table with chains, whose links are the rows' own, so that a look-up
 * makes no object and follows no other. Confined to the task's thread; others may read once frozen.
 */
public final class RowMap<K, V> {
  private static final int SMALLEST = 16;
  private static final int LARGEST = 1 << 30;

  private Row<K, V>[] chains = table(SMALLEST);
  private int size;

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
    Row<K, V> row = chains[hash & (chains.length - 1)];
    while (row != null && !(row.hash == hash && row.time == time && isSame(row.key, key))) {
      row = row.nextInChain;
    }
    return row;
  }

  private static boolean isSame(Object left, Object right) {
    return left == right || left.equals(right);
  }

  /** Adds a row that is not there. */
  void add(Row<K, V> row) {
    if (size >= chains.length - (chains.length >>> 2) && chains.length < LARGEST) {
      grow();
    }
    size++;
    link(row);
  }

  /** Removes a row that is there. */
  void remove(Row<K, V> row) {
    int chain = row.hash & (chains.length - 1);
    Row<K, V> before = chains[chain];
    if (before == row) {
      chains[chain] = row.nextInChain;
    } else {
      while (before.nextInChain != row) {
        before = before.nextInChain;
      }
      before.nextInChain = row.nextInChain;
    }
    row.nextInChain = null;
    size--;
  }

  private void grow() {
    Row<K, V>[] old = chains;
    chains = table(old.length << 1);
    for (Row<K, V> chain : old) {
      Row<K, V> row = chain;
      while (row != null) {
        Row<K, V> next = row.nextInChain;
        link(row);
        row = next;
      }
    }
  }

  private void link(Row<K, V> row) {
    int chain = row.hash & (chains.length - 1);
    row.nextInChain = chains[chain];
    chains[chain] = row;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Holds nothing yet.
  private static <K, V> Row<K, V>[] table(int length) {
    return new Row[length];
  }
}
