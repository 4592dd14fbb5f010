package dev.weir.internal.state.kind;

/**
 * How values are kept in rows, and how long they count. Confined to the task's thread.
 *
 * @param <V> type of the values
 * @param <R> what is kept of them
 */
interface Lifetime<V, R> {
  /** What to keep of a value that is touched now. */
  R kept(V value);

  /** The value, or null if it has expired. */
  V live(R kept);

  /** Whether a read is a touch. */
  boolean isRenewedByReads();

  /** Values that live until they are cleared are kept as they are. */
  static <V> Lifetime<V, V> endless() {
    return new Lifetime<>() {
      @Override
      public V kept(V value) {
        return value;
      }

      @Override
      public V live(V kept) {
        return kept;
      }

      @Override
      public boolean isRenewedByReads() {
        return false;
      }
    };
  }
}
