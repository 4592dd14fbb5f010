package dev.weir.state;

/**
 * What a task keeps of broadcast records. Every task must do the same with the same record, and
 * nothing that depends on the order of records of different source splits: then all tasks keep the
 * same. Confined to the task thread.
 *
 * <p>It is written whole into the checkpoint's manifest whenever it has changed: meant for rules,
 * rates and the like, up to some megabytes.
 *
 * @param <K> type of the keys; needs {@code equals} and {@code hashCode}
 * @param <V> type of the values
 */
public interface BroadcastState<K, V> extends ReadOnlyBroadcastState<K, V> {
  /**
   * @param key the entry's key; null is an error
   * @param value its new value; null is an error
   */
  void put(K key, V value);

  /**
   * @param key the entry to remove; absent ones are ignored
   */
  void remove(K key);

  /** Removes all entries. */
  void clear();
}
