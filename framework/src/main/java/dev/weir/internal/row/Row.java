package dev.weir.internal.row;

/**
 * One row of a layer, linked into its hash chain and into the rows of its time. Changed by the
 * task's thread only, and not while its layer is frozen.
 */
public class Row<K, V> {
  final int hash;
  final long time;
  final K key;
  private V value;
  boolean isBelow;
  boolean isClean;
  Row<K, V> nextInChain;
  Row<K, V> nextInSlot;
  Row<K, V> previousInSlot;

  /**
   * A row, not yet in a layer.
   *
   * @param value null for a removal
   * @param isBelow whether a layer below may have the row, too
   */
  public Row(int hash, long time, K key, V value, boolean isBelow) {
    this.hash = hash;
    this.time = time;
    this.key = key;
    this.value = value;
    this.isBelow = isBelow;
  }

  /** The row of a time and key, from a row of its chain on; null if there is none. */
  public static <K, V> Row<K, V> inChain(Row<K, V> first, int hash, long time, K key) {
    Row<K, V> row = first;
    while (row != null && !Chains.isRow(row, hash, time, key)) {
      row = row.nextInChain;
    }
    return row;
  }

  /**
   * Has the memory of a row's key or value on its way to the processor's caches, if it is not null.
   * Done for many one behind the other, the processor waits for them together.
   */
  public static void lookAt(Object part) {
    // Asks what is never so, for an answer that nobody needs would not be looked for.
    if (part != null && part.getClass() == Void.class) {
      throw new IllegalStateException("A row holds what there is nothing of");
    }
  }

  /** The hash that its maker gave. */
  public final int hash() {
    return hash;
  }

  /** The row's time; 0 in tables without. */
  public final long time() {
    return time;
  }

  /** The row's key. */
  public final K key() {
    return key;
  }

  /** The row's value, not to be changed; null if the row is removed. */
  public V value() {
    return value;
  }

  /** Replaces the value; null removes the row. */
  protected void value(V newest) {
    value = newest;
  }

  /**
   * Whether it says something about the layers below; not so if it came and went in this layer, or
   * was only read.
   */
  public final boolean isChange() {
    return !isClean && (value() != null || isBelow);
  }

  /** Whether it is as it is below. */
  public final boolean isClean() {
    return isClean;
  }

  /** The next row of the same time in its layer, or null. */
  public final Row<K, V> next() {
    return nextInSlot;
  }
}
