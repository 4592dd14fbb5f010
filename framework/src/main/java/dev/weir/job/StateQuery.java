package dev.weir.job;

import dev.weir.function.AggregateFunction;
import dev.weir.function.AggregatingStateDescriptor;
import dev.weir.function.ReducingStateDescriptor;
import dev.weir.state.ListStateDescriptor;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.SortedMapState;
import dev.weir.state.SortedMapStateDescriptor;
import dev.weir.state.StateDescriptor;
import dev.weir.state.TaskListDescriptor;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.time.TimeWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A question about the state of one key, or of a task, for {@link Job#query}. Sees committed state
 * and gives at most 1000 entries, unless it says otherwise. What it gives is the caller's own.
 * Immutable.
 *
 * <pre>{@code
 * job.query("bills", StateQuery.value(OWED, "account-7"))
 * job.query("visits", StateQuery.prefix(PAGES, "user-7", "/shop/").limit(50).at(ReadLevel.LIVE))
 * job.query("rated", StateQuery.broadcast(RATES))
 * }</pre>
 *
 * @param <R> type of the answer
 */
public final class StateQuery<R> {
  /** The most entries that a query may ask for. */
  public static final int MOST_ENTRIES = 10_000;

  /** The name of the state in which a window stage has its open windows. */
  public static final String WINDOWS = "windows";

  private static final int USUAL_ENTRIES = 1_000;
  private static final int FIRST = 0;
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);

  private final StateDescriptor<?> state;
  private final Optional<Object> key;
  private final int subtask;
  private final BiFunction<Object, Integer, R> reading;
  private final ReadLevel level;
  private final int limit;
  private final Duration timeout;

  private StateQuery(
      StateDescriptor<?> state,
      Optional<Object> key,
      int subtask,
      BiFunction<Object, Integer, R> reading,
      ReadLevel level,
      int limit,
      Duration timeout) {
    this.state = Objects.requireNonNull(state, "state");
    this.key = key;
    this.subtask = subtask;
    this.reading = reading;
    this.level = Objects.requireNonNull(level, "level");
    this.limit = limit;
    this.timeout = Objects.requireNonNull(timeout, "timeout");
  }

  @SuppressWarnings("unchecked") // The descriptor says what its handle is.
  private static <S, R> StateQuery<R> of(
      StateDescriptor<S> state, Object key, BiFunction<S, Integer, R> reading) {
    return new StateQuery<>(
        state,
        Optional.of(Objects.requireNonNull(key, "key")),
        FIRST,
        (BiFunction<Object, Integer, R>) reading,
        ReadLevel.COMMITTED,
        USUAL_ENTRIES,
        USUAL_TIMEOUT);
  }

  @SuppressWarnings("unchecked") // The descriptor says what its elements are.
  private static <E> StateQuery<List<E>> ofTask(StateDescriptor<?> state, int subtask) {
    return new StateQuery<>(
        state,
        Optional.empty(),
        subtask,
        (elements, limit) -> first((List<E>) elements, limit),
        ReadLevel.COMMITTED,
        USUAL_ENTRIES,
        USUAL_TIMEOUT);
  }

  /**
   * @param state as the stage's function declares it
   * @param key a key of the stage
   * @param <V> type of the value
   * @return asks for the key's value
   */
  public static <V> StateQuery<Optional<V>> value(ValueStateDescriptor<V> state, Object key) {
    return of(state, key, (handle, limit) -> handle.get());
  }

  /**
   * @param state as the stage's function declares it
   * @param key a key of the stage
   * @param <V> type of the value
   * @return asks for the key's reduced value
   */
  public static <V> StateQuery<Optional<V>> reduced(ReducingStateDescriptor<V> state, Object key) {
    return of(state, key, (handle, limit) -> handle.get());
  }

  /**
   * @param state as the stage's function declares it; its {@code result} is called by the task
   * @param key a key of the stage
   * @param <R> type of the result
   * @return asks for the result of what the key has aggregated
   */
  public static <R> StateQuery<Optional<R>> aggregated(
      AggregatingStateDescriptor<?, ?, R> state, Object key) {
    return of(state, key, (handle, limit) -> handle.get());
  }

  /**
   * @param state as the stage's function declares it
   * @param key a key of the stage
   * @param <V> type of the elements
   * @return asks for the first elements of the key's list
   */
  public static <V> StateQuery<List<V>> list(ListStateDescriptor<V> state, Object key) {
    return of(
        state,
        key,
        (handle, limit) -> {
          List<V> all = handle.get();
          return List.copyOf(all.subList(0, Math.min(limit, all.size())));
        });
  }

  /**
   * @param state as the stage's function declares it
   * @param key a key of the stage
   * @param entry the key of an entry
   * @param <K> type of the entries' keys
   * @param <V> type of the values
   * @return asks for one entry of the key's map
   */
  public static <K, V> StateQuery<Optional<V>> entry(
      MapStateDescriptor<K, V> state, Object key, K entry) {
    Objects.requireNonNull(entry, "entry");
    return of(state, key, (handle, limit) -> handle.get(entry));
  }

  /**
   * @param state as the stage's function declares it
   * @param key a key of the stage
   * @param entry the key of an entry
   * @param <K> type of the entries' keys
   * @param <V> type of the values
   * @return asks for one entry of the key's map
   */
  public static <K, V> StateQuery<Optional<V>> entry(
      SortedMapStateDescriptor<K, V> state, Object key, K entry) {
    Objects.requireNonNull(entry, "entry");
    return of(state, key, (handle, limit) -> handle.get(entry));
  }

  /**
   * @param state as the stage's function declares it
   * @param key a key of the stage
   * @param <K> type of the entries' keys
   * @param <V> type of the values
   * @return asks for entries of the key's map, in no order that means anything
   */
  public static <K, V> StateQuery<List<Map.Entry<K, V>>> entries(
      MapStateDescriptor<K, V> state, Object key) {
    return of(state, key, (handle, limit) -> first(handle.entries(), limit));
  }

  /**
   * @param state as the stage's function declares it
   * @param key a key of the stage
   * @param <K> type of the entries' keys
   * @param <V> type of the values
   * @return asks for the first entries of the key's map
   */
  public static <K, V> StateQuery<List<Map.Entry<K, V>>> entries(
      SortedMapStateDescriptor<K, V> state, Object key) {
    return of(state, key, (handle, limit) -> first(handle.entries(), limit));
  }

  /**
   * @param state as the stage's function declares it
   * @param key a key of the stage
   * @param from the least entry to give
   * @param <K> type of the entries' keys
   * @param <V> type of the values
   * @return asks for the first entries of the key's map from one on
   */
  public static <K, V> StateQuery<List<Map.Entry<K, V>>> from(
      SortedMapStateDescriptor<K, V> state, Object key, K from) {
    Objects.requireNonNull(from, "from");
    return of(state, key, (handle, limit) -> first(handle.from(from), limit));
  }

  /**
   * @param state as the stage's function declares it
   * @param key a key of the stage
   * @param from the least entry to give
   * @param to the entry before which to end
   * @param <K> type of the entries' keys
   * @param <V> type of the values
   * @return asks for the first entries of the key's map from one, included, to another, excluded
   */
  public static <K, V> StateQuery<List<Map.Entry<K, V>>> range(
      SortedMapStateDescriptor<K, V> state, Object key, K from, K to) {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    return of(state, key, (handle, limit) -> first(handle.range(from, to), limit));
  }

  /**
   * @param state as the stage's function declares it; its entries' keys have beginnings, as {@link
   *     SortedMapState#prefix} says
   * @param key a key of the stage
   * @param prefix what the keys of the entries begin with
   * @param <K> type of the entries' keys
   * @param <V> type of the values
   * @return asks for the first entries of the key's map that begin so
   */
  public static <K, V> StateQuery<List<Map.Entry<K, V>>> prefix(
      SortedMapStateDescriptor<K, V> state, Object key, K prefix) {
    Objects.requireNonNull(prefix, "prefix");
    return of(state, key, (handle, limit) -> first(handle.prefix(prefix), limit));
  }

  /**
   * Asks for the windows of a key in a window stage that are still open: they have records and the
   * watermark has not reached their end. A window that has closed is in the output instead.
   *
   * @param aggregate the stage's; its {@code result} is called by the task
   * @param key a key of the stage
   * @param <A> type of the accumulators
   * @param <R> type of the results
   * @return asks for the first open windows of the key by time, each with its result so far
   */
  @SuppressWarnings("unchecked") // Whoever answers has checked how accumulators are written.
  public static <A, R> StateQuery<List<Map.Entry<TimeWindow, R>>> windows(
      AggregateFunction<?, A, R> aggregate, Object key) {
    return new StateQuery<>(
        new AggregatingStateDescriptor<>(WINDOWS, aggregate),
        Optional.of(Objects.requireNonNull(key, "key")),
        FIRST,
        (handle, limit) ->
            first((Iterable<Map.Entry<TimeWindow, A>>) handle, limit).stream()
                .map(open -> Map.entry(open.getKey(), aggregate.result(open.getValue())))
                .toList(),
        ReadLevel.COMMITTED,
        USUAL_ENTRIES,
        USUAL_TIMEOUT);
  }

  /**
   * Asks for what a stage keeps of broadcast records. All of its tasks keep the same, but not at
   * the same moment; the first one is asked, so two live answers never go back behind each other
   * unless the job does.
   *
   * @param state as it was given to {@code broadcast}
   * @param <K> type of the entries' keys
   * @param <V> type of the values
   * @return asks for the first entries, in the order in which their keys came
   */
  public static <K, V> StateQuery<List<Map.Entry<K, V>>> broadcast(MapStateDescriptor<K, V> state) {
    return ofTask(state, FIRST);
  }

  /**
   * Asks for the list that one task of a stage without keys has for itself.
   *
   * @param state as the stage's function declares it
   * @param subtask which of the stage's tasks, from 0 up to its parallelism, excluded
   * @param <V> type of the elements
   * @return asks for the first elements of the task's list
   * @throws IllegalArgumentException if the subtask is negative
   */
  public static <V> StateQuery<List<V>> taskList(TaskListDescriptor<V> state, int subtask) {
    if (subtask < 0) {
      throw new IllegalArgumentException(
          "State '" + state.name() + "' was asked for of subtask " + subtask + ". Count from 0.");
    }
    return ofTask(new ListStateDescriptor<>(state.name(), state.serializer()), subtask);
  }

  private static <E> List<E> first(Iterable<E> entries, int limit) {
    List<E> found = new ArrayList<>();
    Iterator<E> rest = entries.iterator();
    while (found.size() < limit && rest.hasNext()) {
      found.add(rest.next());
    }
    return List.copyOf(found);
  }

  /**
   * @param other which changes it sees
   * @return the same at this level
   */
  public StateQuery<R> at(ReadLevel other) {
    return new StateQuery<>(state, key, subtask, reading, other, limit, timeout);
  }

  /**
   * @param entries the most elements or entries to give, 1 to {@link #MOST_ENTRIES}; default 1000.
   *     Where there may be more, ask again from behind the last one
   * @return the same with this limit
   * @throws IllegalArgumentException if it is out of bounds
   */
  public StateQuery<R> limit(int entries) {
    if (entries < 1 || entries > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "A query gives 1 to "
              + MOST_ENTRIES
              + " entries, got a limit of "
              + entries
              + ". Ask several times, each from behind the last entry.");
    }
    return new StateQuery<>(state, key, subtask, reading, level, entries, timeout);
  }

  /**
   * @param longest how long to wait for the answer, at least a millisecond; default 5 s
   * @return the same with this timeout
   * @throws IllegalArgumentException if it is shorter
   */
  public StateQuery<R> within(Duration longest) {
    if (longest.toMillis() < 1) {
      throw new IllegalArgumentException(
          "A query must be given at least a millisecond, got " + longest + ".");
    }
    return new StateQuery<>(state, key, subtask, reading, level, limit, longest);
  }

  /**
   * @return the state that is asked for; a task's list as if it were one of a key
   */
  public StateDescriptor<?> state() {
    return state;
  }

  /**
   * @return the key whose state is asked for; none if it is the state of a task
   */
  public Optional<Object> key() {
    return key;
  }

  /**
   * @return the task that is asked where there is no key
   */
  public int subtask() {
    return subtask;
  }

  /**
   * @return which changes it sees
   */
  public ReadLevel level() {
    return level;
  }

  /**
   * @return how long to wait for the answer
   */
  public Duration timeout() {
    return timeout;
  }

  /**
   * Reads the answer; for the task that has the state.
   *
   * @param handle the handle of {@link #state}, with the key's state; or the elements of the task's
   * @return the answer
   */
  public R read(Object handle) {
    return reading.apply(handle, limit);
  }
}
