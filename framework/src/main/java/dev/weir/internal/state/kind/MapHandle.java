package dev.weir.internal.state.kind;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.key.CurrentKey;
import dev.weir.internal.key.EntryKey;
import dev.weir.internal.state.StateTable;
import dev.weir.serde.TypeSerializer;
import dev.weir.state.MapState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The map of the current key, a row per entry. */
class MapHandle<O, K, V, R> implements MapState<K, V> {
  private final String name;
  private final StateTable<EntryKey<O>, R> table;
  private final CurrentKey<O> owner;
  private final TypeSerializer<K> keys;
  private final Lifetime<V, R> lifetime;
  private final ByteOutput output = new ByteOutput(64);
  private final ByteInput input = new ByteInput();

  MapHandle(
      String name,
      StateTable<EntryKey<O>, R> table,
      CurrentKey<O> owner,
      TypeSerializer<K> keys,
      Lifetime<V, R> lifetime) {
    this.name = name;
    this.table = table;
    this.owner = owner;
    this.keys = keys;
    this.lifetime = lifetime;
  }

  @Override
  public final Optional<V> get(K key) {
    return Optional.ofNullable(find(key));
  }

  @Override
  public final V getOr(K key, V absent) {
    V value = find(key);
    return value == null ? absent : value;
  }

  @Override
  public final boolean contains(K key) {
    return find(key) != null;
  }

  private V find(K key) {
    EntryKey<O> row = row(key);
    R kept = table.get(0, row);
    if (kept == null) {
      return null;
    }
    V value = lifetime.live(kept);
    if (value == null) {
      table.remove(0, row);
    } else if (lifetime.isRenewedByReads()) {
      table.put(0, row, lifetime.kept(value));
    }
    return value;
  }

  @Override
  public final void put(K key, V value) {
    table.put(0, row(key), lifetime.kept(Given.present(value, name)));
  }

  @Override
  public final void remove(K key) {
    table.remove(0, row(key));
  }

  private EntryKey<O> row(K key) {
    return new EntryKey<>(owner.get(), bytes(key, keys::serialize));
  }

  /** What a writer writes of a key. */
  final byte[] bytes(K key, Writer<K> writer) {
    output.truncate(0);
    try {
      writer.write(Given.present(key, name), output);
    } catch (IOException e) {
      throw new UncheckedIOException("A key of state '" + name + "' cannot be written", e);
    }
    return output.toByteArray();
  }

  final byte[] bytes(K key) {
    return bytes(key, keys::serialize);
  }

  private K keyOf(EntryKey<O> row) {
    try {
      return keys.deserialize(input.wrap(row.entry(), 0, row.entry().length));
    } catch (IOException e) {
      throw new UncheckedIOException("A key of state '" + name + "' cannot be read", e);
    }
  }

  @Override
  public final Iterable<Map.Entry<K, V>> entries() {
    return entries(new byte[0], null);
  }

  /** The entries from these bytes to those; null is the end of all. */
  final Iterable<Map.Entry<K, V>> entries(byte[] from, byte[] end) {
    return () -> walk(from, end, (row, value) -> Map.entry(keyOf(row), value));
  }

  @Override
  public final Iterable<K> keys() {
    return () -> walk(new byte[0], null, (row, value) -> keyOf(row));
  }

  @Override
  public final Iterable<V> values() {
    return () -> walk(new byte[0], null, (row, value) -> value);
  }

  private <T> Iterator<T> walk(byte[] from, byte[] end, BiFunction<EntryKey<O>, V, T> shown) {
    EntryKey<O> begin = new EntryKey<>(owner.get(), from);
    return new EntryIterator<>(table, table.scan(begin, end), lifetime, shown);
  }

  @Override
  public final boolean isEmpty() {
    return !keys().iterator().hasNext();
  }

  @Override
  public final void clear() {
    table.removeAll(EntryKey.before(owner.get()));
  }

  /** Writes a key, or what keys begin with. */
  @FunctionalInterface
  interface Writer<K> {
    void write(K key, ByteOutput out) throws IOException;
  }
}
