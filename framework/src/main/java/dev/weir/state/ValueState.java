package dev.weir.state;

import java.util.Optional;

/**
 * One value per key. Confined to the task thread. A value handed in or out belongs to the state:
 * change it only by {@link #set}ting a new one. A changed value that is not set again may be lost,
 * seen or written by chance; {@code state.check.values} finds it.
 *
 * @param <V> type of the value
 */
public interface ValueState<V> {
  /**
   * @return the current key's value, or empty
   */
  Optional<V> get();

  /**
   * @param absent returned where there is none
   * @return the current key's value, or the given one
   */
  default V getOr(V absent) {
    return get().orElse(absent);
  }

  /**
   * @param value the new value; null is an error, use {@link #clear}
   */
  void set(V value);

  /** Removes the current key's value. */
  void clear();
}
