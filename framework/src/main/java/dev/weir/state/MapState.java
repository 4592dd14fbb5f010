package dev.weir.state;

import java.util.Map;
import java.util.Optional;

/**
 * A map per key. Each entry is a row of its own, so a map may be larger than memory, and a
 * checkpoint writes only the entries that have changed. Confined to the task thread. Keys and
 * values handed in or out belong to the state: change them only by putting others.
 *
 * <p>Iterations go over the entries as they are when the iteration comes to them: each key is shown
 * at most once, what is put or removed ahead is seen, what is put or removed behind changes
 * nothing. They may therefore be mixed with writes to the same map. Their iterators can remove. An
 * iteration ends with the call of the function that began it; going on later throws {@link
 * java.util.ConcurrentModificationException}. The order is that of the keys' bytes: always the
 * same, but only in a {@link SortedMapState} one that means something.
 *
 * @param <K> type of the entries' keys; equal are those with equal bytes
 * @param <V> type of the values
 */
public interface MapState<K, V> {
  /**
   * @param key the entry's key; null is an error
   * @return its value, or empty
   */
  Optional<V> get(K key);

  /**
   * @param key the entry's key; null is an error
   * @param absent returned where there is none
   * @return its value, or the given one
   */
  default V getOr(K key, V absent) {
    return get(key).orElse(absent);
  }

  /**
   * @param key the entry's key; null is an error
   * @return whether there is such an entry
   */
  boolean contains(K key);

  /**
   * @param key the entry's key; null is an error
   * @param value its new value; null is an error, use {@link #remove}
   */
  void put(K key, V value);

  /**
   * @param entries put one after the other
   */
  default void putAll(Map<? extends K, ? extends V> entries) {
    entries.forEach(this::put);
  }

  /**
   * @param key the entry to remove; absent ones are ignored
   */
  void remove(K key);

  /**
   * @return the entries, to be iterated over any number of times; entries themselves are immutable
   */
  Iterable<Map.Entry<K, V>> entries();

  /**
   * @return the keys of {@link #entries}
   */
  Iterable<K> keys();

  /**
   * @return the values of {@link #entries}
   */
  Iterable<V> values();

  /**
   * @return whether there is no entry
   */
  boolean isEmpty();

  /**
   * Removes all entries of the current key at once: the cost does not grow with the entries that
   * earlier checkpoints hold.
   */
  void clear();
}
