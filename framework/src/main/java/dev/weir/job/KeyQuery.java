package dev.weir.job;

import dev.weir.function.AggregatingStateDescriptor;
import dev.weir.function.ReducingStateDescriptor;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A question about the state of many keys of a stage, for {@link Job#query(String, KeyQuery)}. The
 * answer has the first keys of a {@link KeyRange} in their order, each with what {@link StateQuery}
 * would give for it; keys that have nothing are left out. Sees committed state and gives at most
 * 1000 keys, unless it says otherwise. Immutable.
 *
 * <pre>{@code
 * job.query("bills", KeyQuery.values(OWED, KeyRange.prefix("account-7")).limit(50))
 * }</pre>
 *
 * <p>All tasks of the stage answer, each between two batches of records. In RocksDB a task looks at
 * no more keys than it gives, besides those that have changed since the last checkpoint sank. On
 * the heap, where rows have no order, it looks at every key it has, some ten thousand between two
 * batches: so the answer is not of one moment, though what is committed there is never rolled back
 * either.
 *
 * @param <K> type of the keys
 * @param <R> what is given of each key
 */
public final class KeyQuery<K, R> {
  private static final int USUAL_KEYS = 1_000;
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);

  private final StateDescriptor<?> state;
  private final KeyRange<K> keys;
  private final OfOne<R> ofOne;
  private final ReadLevel level;
  private final int limit;
  private final Duration timeout;

  private KeyQuery(
      StateDescriptor<?> state,
      KeyRange<K> keys,
      OfOne<R> ofOne,
      ReadLevel level,
      int limit,
      Duration timeout) {
    this.state = state;
    this.keys = Objects.requireNonNull(keys, "keys");
    this.ofOne = ofOne;
    this.level = Objects.requireNonNull(level, "level");
    this.limit = limit;
    this.timeout = timeout;
  }

  /** Asks for what one key has. */
  @FunctionalInterface
  private interface OfOne<R> {
    StateQuery<Optional<R>> of(Object key);
  }

  private static <K, R> KeyQuery<K, R> of(
      StateDescriptor<?> state, KeyRange<K> keys, OfOne<R> ofOne) {
    Objects.requireNonNull(state, "state");
    return new KeyQuery<>(state, keys, ofOne, ReadLevel.COMMITTED, USUAL_KEYS, USUAL_TIMEOUT);
  }

  /**
   * @param state as the stage's function declares it
   * @param keys which keys
   * @param <K> type of the keys
   * @param <V> type of the values
   * @return asks for keys with their values
   */
  public static <K, V> KeyQuery<K, V> values(ValueStateDescriptor<V> state, KeyRange<K> keys) {
    return of(state, keys, key -> StateQuery.value(state, key));
  }

  /**
   * @param state as the stage's function declares it
   * @param keys which keys
   * @param <K> type of the keys
   * @param <V> type of the values
   * @return asks for keys with their reduced values
   */
  public static <K, V> KeyQuery<K, V> reduced(ReducingStateDescriptor<V> state, KeyRange<K> keys) {
    return of(state, keys, key -> StateQuery.reduced(state, key));
  }

  /**
   * @param state as the stage's function declares it; its {@code result} is called by the tasks
   * @param keys which keys
   * @param <K> type of the keys
   * @param <R> type of the results
   * @return asks for keys with the results of what they have aggregated
   */
  public static <K, R> KeyQuery<K, R> aggregated(
      AggregatingStateDescriptor<?, ?, R> state, KeyRange<K> keys) {
    return of(state, keys, key -> StateQuery.aggregated(state, key));
  }

  /**
   * @param other which changes it sees
   * @return the same at this level
   */
  public KeyQuery<K, R> at(ReadLevel other) {
    return new KeyQuery<>(state, keys, ofOne, other, limit, timeout);
  }

  /**
   * @param most the most keys to give, 1 to {@link StateQuery#MOST_ENTRIES}; default 1000. Where
   *     there may be more, ask again from the last one on
   * @return the same with this limit
   * @throws IllegalArgumentException if it is out of bounds
   */
  public KeyQuery<K, R> limit(int most) {
    if (most < 1 || most > StateQuery.MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "A query gives 1 to "
              + StateQuery.MOST_ENTRIES
              + " keys, got a limit of "
              + most
              + ". Ask several times, each from the last key on.");
    }
    return new KeyQuery<>(state, keys, ofOne, level, most, timeout);
  }

  /**
   * @param longest how long to wait for the answer, at least a millisecond; default 5 s
   * @return the same with this timeout
   * @throws IllegalArgumentException if it is shorter
   */
  public KeyQuery<K, R> within(Duration longest) {
    if (longest.toMillis() < 1) {
      throw new IllegalArgumentException(
          "A query must be given at least a millisecond, got " + longest + ".");
    }
    return new KeyQuery<>(state, keys, ofOne, level, limit, longest);
  }

  /**
   * @return the state that is asked for
   */
  public StateDescriptor<?> state() {
    return state;
  }

  /**
   * @return the keys that are asked for
   */
  public KeyRange<K> keys() {
    return keys;
  }

  /**
   * @return which changes it sees
   */
  public ReadLevel level() {
    return level;
  }

  /**
   * @return the most keys that it gives
   */
  public int limit() {
    return limit;
  }

  /**
   * @return how long to wait for the answer
   */
  public Duration timeout() {
    return timeout;
  }

  /**
   * Reads what a key has; for the task that has the state.
   *
   * @param key the key
   * @param handle the handle of {@link #state}, with the key's state
   * @return what it has
   */
  public Optional<R> read(K key, Object handle) {
    return ofOne.of(key).read(handle);
  }
}
