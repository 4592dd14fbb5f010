package dev.weir.internal.operator;

import dev.weir.function.KeySelector;
import dev.weir.internal.element.RecordBatch;

/**
 * The keys of the records that come next, so that each is selected once, whether it is asked for
 * ahead or not. Confined to the task's thread.
 */
final class UpcomingKeys<T, K> {
  private final String stage;
  private final KeySelector<T, K> selector;
  private K[] keys = array(0);
  private int next;

  UpcomingKeys(String stage, KeySelector<T, K> selector) {
    this.stage = stage;
    this.selector = selector;
  }

  /** Selects the keys of records of which each will be asked for. */
  @SuppressWarnings("unchecked") // The pipeline's types say so.
  void take(RecordBatch batch) {
    K[] selected = array(batch.size());
    for (int i = 0; i < selected.length; i++) {
      selected[i] = select((T) batch.value(i));
    }
    keys = selected;
    next = 0;
  }

  /** The keys that were taken. */
  K[] keys() {
    return keys;
  }

  /** How many there are. */
  int size() {
    return keys.length;
  }

  /** The key of the next record. */
  K next(T value) {
    return next < keys.length ? keys[next++] : select(value);
  }

  private K select(T value) {
    return UserCode.required(selector.key(value), stage, "key selector");
  }

  /** A new one each time: to write to a young array costs the collector nothing. */
  @SuppressWarnings("unchecked") // Holds keys only, and stays in here and in tables of keys.
  private static <K> K[] array(int length) {
    return (K[]) new Object[length];
  }
}
