package dev.weir.internal.state;

import dev.weir.internal.key.CurrentKey;
import dev.weir.internal.key.KeyBounds;
import dev.weir.internal.key.KeyPage;
import java.util.List;

/**
 * Rows (time, key) to value, ordered by time. Confined to the task thread. Absent is null here.
 *
 * @param <K> type of the key
 * @param <V> type of the value
 */
public interface StateTable<K, V> {
  /**
   * The row's value, or null. May be changed in place only if it is {@link #put} back afterwards.
   */
  V get(long time, K key);

  /**
   * The times, rising, at which the key may have a row; in tables to be looked at only, see {@link
   * KeyedStateBackend#view}.
   */
  default List<Long> times(K key) {
    throw new UnsupportedOperationException("Times of a key are for those who only look");
  }

  /**
   * Learns which keys will be asked for next, those that are expected, at time 0, so that waiting
   * for memory is waited for once: of a table that is larger than the processor's caches most is
   * far away. Changes nothing.
   */
  default void expect(CurrentKey<K> keys) {}

  /**
   * The first keys that have rows, in the order of their bytes, of a key group and as many behind
   * it as can be looked through at once; in tables without times and entries that are to be looked
   * at only.
   *
   * @param limit the most keys to give
   * @param firstKeyGroup where to begin; those before the first of the task count as it
   */
  default KeyPage<K> keys(KeyBounds bounds, int limit, int firstKeyGroup) {
    throw new UnsupportedOperationException("Keys are for those who only look");
  }

  /** Sets the row's value; not null. */
  void put(long time, K key, V value);

  /** Removes the row; absent rows are ignored. */
  void remove(long time, K key);

  /**
   * Replaces the row's value by the function of it and of what is given, in one look-up. The
   * function may change the value in place and return it.
   */
  <T> void update(long time, K key, T given, Update<V, T> update);

  /** Time of the earliest row; {@link Long#MAX_VALUE} if the table is empty. Cheap. */
  long earliestTime();

  /**
   * Removes every row with time at or before the bound, after showing it. Rows come in the order of
   * their time. The visitor may write to the table; rows it adds at or before the bound are shown
   * too.
   */
  void drainUpTo(long bound, RowVisitor<K, V> visitor) throws Exception;

  /**
   * Removes every row of the owner of this key, in time that depends on the owner's dirty rows
   * only; in tables of entries.
   */
  void removeAll(K key);

  /**
   * Walks over the rows of an owner in the order of their entries' bytes; in tables of entries.
   * Each row is shown at most once, as it is when the walk comes to it. Ends with the call of user
   * code that began it: afterwards rows may go to other layers.
   *
   * @param from the owner, and the least entry there can be
   * @param end the bytes of an entry before which to end; null for none
   */
  Scan<K, V> scan(K from, byte[] end);

  /**
   * Walks over rows that lie at the bottom, live or not, in no order, decoding what it is asked
   * for; for those who look for rows to remove. What is written meanwhile may be seen or not. To be
   * closed before the backend.
   */
  RowCursor<K, V> walk();

  /** A table for those who only look: what is written is forgotten. */
  interface ToLookAt<K, V> extends StateTable<K, V> {
    @Override
    default void put(long time, K key, V value) {}

    @Override
    default void remove(long time, K key) {}

    @Override
    default <T> void update(long time, K key, T given, Update<V, T> update) {}

    @Override
    default void removeAll(K key) {}

    @Override
    default long earliestTime() {
      throw new UnsupportedOperationException("Who only looks asks for keys");
    }

    @Override
    default void drainUpTo(long bound, RowVisitor<K, V> visitor) {
      throw new UnsupportedOperationException("Who only looks drains nothing");
    }

    @Override
    default RowCursor<K, V> walk() {
      throw new UnsupportedOperationException("Who only looks removes nothing");
    }
  }

  /** A walk over entries. */
  interface Scan<K, V> {
    /** Moves to the next row; false behind the last. */
    boolean next();

    /** The row's key. */
    K key();

    /** The row's value, as {@link StateTable#get} gives it. */
    V value();
  }

  /** Computes a row's new value. */
  @FunctionalInterface
  interface Update<V, T> {
    /** Takes the old value, or null, and what was given, and gives the new one, not null. */
    V apply(V old, T given);
  }

  /** Sees rows. */
  @FunctionalInterface
  interface RowVisitor<K, V> {
    /** Called once per row. */
    void row(long time, K key, V value) throws Exception;
  }
}
