package dev.weir.internal.state.kind;

import dev.weir.function.AggregatingStateDescriptor;
import dev.weir.function.ReducingStateDescriptor;
import dev.weir.internal.base.Checks;
import dev.weir.internal.key.CurrentKey;
import dev.weir.internal.key.EntryKey;
import dev.weir.internal.key.EntryKeySerializer;
import dev.weir.internal.key.KeyBounds;
import dev.weir.internal.key.KeyPage;
import dev.weir.internal.key.LeastKeys;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.job.KeyQuery;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import dev.weir.state.ListStateDescriptor;
import dev.weir.state.MapState;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.SortedMapState;
import dev.weir.state.SortedMapStateDescriptor;
import dev.weir.state.StateDescriptor;
import dev.weir.state.StateTtl;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * The declared states of a stage: makes a table and a handle of each, removes what has expired.
 * Confined to the task's thread but for {@link #close}.
 *
 * @param <K> type of the stage's keys
 */
public final class KeyedStates<K> implements AutoCloseable {
  private final String stage;
  private final TypeSerializer<K> keys;
  private final KeyedStateBackend backend;
  private final Clock clock;
  private final CurrentKey<K> current = new CurrentKey<>();
  private final Map<String, Declared> states = new LinkedHashMap<>();
  private final List<Sweep<?, ?>> sweeps = new ArrayList<>();
  private final List<StateTable<K, ?>> ofKeys = new ArrayList<>();

  /** No states yet; before the backend is restored. */
  public KeyedStates(String stage, TypeSerializer<K> keys, KeyedStateBackend backend, Clock clock) {
    this.stage = stage;
    this.keys = keys;
    this.backend = backend;
    this.clock = clock;
  }

  /**
   * Handles of the same states upon tables to be looked at only, so that nothing is touched.
   *
   * @param tables what is to be seen, from {@link KeyedStateBackend#view}
   * @param descriptor the only state that there is
   * @throws IllegalArgumentException if there is no such state of these types
   */
  public KeyedStates<K> looking(
      Map<TableDescriptor<?, ?>, StateTable<?, ?>> tables, StateDescriptor<?> descriptor) {
    KeyedStates<K> looking = new KeyedStates<>(stage, keys, new StateView(stage, tables), clock);
    looking.declare(descriptor);
    return looking;
  }

  /**
   * The first keys that have something of the only state there is, with what the query reads of
   * each; see {@link StateTable#keys}. For who is {@link #looking}.
   */
  public <R> KeyPage<Map.Entry<K, R>> keys(
      KeyQuery<K, R> query, KeyBounds bounds, int firstKeyGroup) {
    NavigableMap<byte[], Map.Entry<K, R>> found = LeastKeys.inOrder();
    Object handle = handle(query.state());
    KeyBounds rest = bounds;
    KeyPage<K> page;
    do { // Once more, where a row was there but what it holds has expired.
      page = ofKeys.get(0).keys(rest, query.limit(), firstKeyGroup);
      page.found()
          .forEach(
              (bytes, key) -> {
                begin(key);
                query.read(key, handle).ifPresent(read -> found.put(bytes, Map.entry(key, read)));
              });
      rest = page.found().isEmpty() ? rest : rest.behind(page.found().lastKey());
    } while (page.found().size() == query.limit() && found.size() < query.limit());
    return new KeyPage<>(found, page.nextKeyGroup());
  }

  /** Makes the table and the handle of a state; before the backend is restored. */
  public void declare(StateDescriptor<?> descriptor) {
    Declared before =
        states.put(descriptor.name(), new Declared(descriptor.getClass(), made(descriptor)));
    Checks.argument(
        before == null, "Stage %s declares two states named '%s'", stage, descriptor.name());
  }

  private Object made(StateDescriptor<?> descriptor) {
    if (descriptor instanceof ValueStateDescriptor<?> value) {
      return value(value);
    } else if (descriptor instanceof ListStateDescriptor<?> list) {
      return list(list);
    } else if (descriptor instanceof MapStateDescriptor<?, ?> map) {
      return map(map);
    } else if (descriptor instanceof SortedMapStateDescriptor<?, ?> map) {
      return sortedMap(map);
    } else if (descriptor instanceof ReducingStateDescriptor<?> reducing) {
      return reducing(reducing);
    } else if (descriptor instanceof AggregatingStateDescriptor<?, ?, ?> aggregating) {
      return aggregating(aggregating);
    }
    throw new IllegalArgumentException(
        "Stage '"
            + stage
            + "' declares state '"
            + descriptor.name()
            + "' of a kind that Weir does not know: "
            + descriptor.getClass().getName()
            + ". Use one of the descriptors that StateDescriptor names.");
  }

  private <V> Object value(ValueStateDescriptor<V> descriptor) {
    return new ValueHandle<>(
        descriptor.name(),
        cell("value." + descriptor.name(), descriptor.serializer(), descriptor.ttl()));
  }

  private <V> Object reducing(ReducingStateDescriptor<V> descriptor) {
    return new ReducingHandle<>(
        descriptor.name(),
        descriptor.function(),
        cell("reducing." + descriptor.name(), descriptor.serializer(), descriptor.ttl()));
  }

  private <T, A, R> Object aggregating(AggregatingStateDescriptor<T, A, R> descriptor) {
    return new AggregatingHandle<>(
        descriptor.name(),
        descriptor.function(),
        cell(
            "aggregating." + descriptor.name(),
            descriptor.function().accumulatorSerializer(),
            descriptor.ttl()));
  }

  private <V> Cell<K, V, ?> cell(String name, TypeSerializer<V> values, StateTtl ttl) {
    if (!ttl.isEnabled()) {
      return cell(table(name, keys, values), Lifetime.<V>endless());
    }
    return cell(expiring(name, keys, values, ttl), new Expiring<>(ttl, clock));
  }

  private <V, R> Cell<K, V, R> cell(StateTable<K, R> table, Lifetime<V, R> lifetime) {
    ofKeys.add(table);
    return new Cell<>(table, current, lifetime);
  }

  private <V> Object list(ListStateDescriptor<V> descriptor) {
    String name = descriptor.name();
    String tableName = "list." + name;
    StateTtl ttl = descriptor.ttl();
    if (!ttl.isEnabled()) {
      StateTable<K, List<V>> table =
          table(tableName, keys, TypeSerializers.listOf(descriptor.serializer()));
      return new ListHandle<>(name, table, current, Lifetime.<V>endless());
    }
    Expiring<V> lifetime = new Expiring<>(ttl, clock);
    StateTable<K, List<Stamped<V>>> table =
        table(
            tableName,
            keys,
            TypeSerializers.listOf(new Stamped.Serializer<>(descriptor.serializer())));
    sweeps.add(
        new Sweep<>(
            table, list -> list.stream().allMatch(e -> lifetime.live(e) == null), ttl, clock));
    return new ListHandle<>(name, table, current, lifetime);
  }

  private <E, V> MapState<E, V> map(MapStateDescriptor<E, V> descriptor) {
    String name = descriptor.name();
    TypeSerializer<EntryKey<K>> rows = entriesOf(descriptor.keySerializer());
    TypeSerializer<V> values = descriptor.valueSerializer();
    StateTtl ttl = descriptor.ttl();
    if (!ttl.isEnabled()) {
      return new MapHandle<>(
          name,
          table("map." + name, rows, values),
          current,
          descriptor.keySerializer(),
          Lifetime.<V>endless());
    }
    return new MapHandle<>(
        name,
        expiring("map." + name, rows, values, ttl),
        current,
        descriptor.keySerializer(),
        new Expiring<>(ttl, clock));
  }

  private <E, V> SortedMapState<E, V> sortedMap(SortedMapStateDescriptor<E, V> descriptor) {
    String name = descriptor.name();
    TypeSerializer<EntryKey<K>> rows = entriesOf(descriptor.keySerializer());
    TypeSerializer<V> values = descriptor.valueSerializer();
    StateTtl ttl = descriptor.ttl();
    if (!ttl.isEnabled()) {
      return new SortedMapHandle<>(
          name,
          table("map." + name, rows, values),
          current,
          descriptor.keySerializer(),
          Lifetime.<V>endless());
    }
    return new SortedMapHandle<>(
        name,
        expiring("map." + name, rows, values, ttl),
        current,
        descriptor.keySerializer(),
        new Expiring<>(ttl, clock));
  }

  private TypeSerializer<EntryKey<K>> entriesOf(TypeSerializer<?> entries) {
    return new EntryKeySerializer<>(keys, entries);
  }

  private <R, V> StateTable<R, V> table(
      String name, TypeSerializer<R> rows, TypeSerializer<V> values) {
    return backend.table(new TableDescriptor<>(name, false, rows, values));
  }

  private <R, V> StateTable<R, Stamped<V>> expiring(
      String name, TypeSerializer<R> rows, TypeSerializer<V> values, StateTtl ttl) {
    StateTable<R, Stamped<V>> table = table(name, rows, new Stamped.Serializer<>(values));
    Expiring<V> lifetime = new Expiring<>(ttl, clock);
    sweeps.add(new Sweep<>(table, kept -> lifetime.live(kept) == null, ttl, clock));
    return table;
  }

  /** Whose state handles read and write from now on. */
  public void begin(K key) {
    current.begin(key);
  }

  /** Learns which keys will {@link #beginNext} in this order; see {@link StateTable#expect}. */
  public void expect(K[] upcoming) {
    current.expect(upcoming);
    for (StateTable<K, ?> table : ofKeys) {
      table.expect(current);
    }
  }

  /** Goes on to the next of the expected keys; false if there is none. */
  public boolean beginNext() {
    return current.beginNext();
  }

  /** The key whose state handles read and write. */
  public K key() {
    return current.get();
  }

  /** The handle of a declared state. */
  @SuppressWarnings("unchecked") // A descriptor of this class has made the handle.
  public <S> S handle(StateDescriptor<S> descriptor) {
    Declared declared = states.get(descriptor.name());
    if (declared == null || declared.kind != descriptor.getClass()) {
      throw new IllegalArgumentException(
          "Stage '"
              + stage
              + "' asked for state '"
              + descriptor.name()
              + "' as "
              + descriptor.getClass().getSimpleName()
              + " but declares only "
              + states
              + ". Add its descriptor to states().");
    }
    return (S) declared.handle;
  }

  /** Removes some of what has expired; true if there was something to look at. */
  public boolean sweep() {
    boolean worked = false;
    for (Sweep<?, ?> sweep : sweeps) {
      worked |= sweep.step();
    }
    return worked;
  }

  @Override
  public void close() {
    sweeps.forEach(Sweep::close);
  }

  /** A state by the class of its descriptor. */
  private record Declared(Class<?> kind, Object handle) {
    @Override
    public String toString() {
      return kind.getSimpleName();
    }
  }
}
