package dev.weir.internal.key;

import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The keys of the records that come next, so that each is selected once, whether it is asked for
 * ahead or not. Confined to the task's thread.
 *
 * @param <T> type of the records
 * @param <K> type of the keys
 */
public final class UpcomingKeys<T, K> {
  private final Function<T, K> selector;
  private K[] keys = array(0);
  private int next;

  /** None yet. */
  public UpcomingKeys(Function<T, K> selector) {
    this.selector = selector;
  }

  /** Selects the keys of so many records, of which each will be asked for. Gives the keys. */
  public K[] take(int count, IntFunction<T> records) {
    K[] selected = array(count);
    for (int i = 0; i < count; i++) {
      selected[i] = selector.apply(records.apply(i));
    }
    keys = selected;
    next = 0;
    return selected;
  }

  /** The key of the next record. */
  public K next(T value) {
    return next < keys.length ? keys[next++] : selector.apply(value);
  }

  /** A new one each time: to write to a young array costs the collector nothing. */
  @SuppressWarnings("unchecked") // Holds keys only, and stays in here and in tables of keys.
  private static <K> K[] array(int length) {
    return (K[]) new Object[length];
  }
}
