package dev.weir.internal.state.kind;

import dev.weir.internal.key.CurrentKey;
import dev.weir.internal.key.EntryKey;
import dev.weir.internal.state.StateTable;
import dev.weir.serde.ordered.OrderedSerializer;
import dev.weir.state.SortedMapState;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** The map of the current key, a row per entry, in the order of its keys. */
final class SortedMapHandle<O, K, V, R> extends MapHandle<O, K, V, R>
    implements SortedMapState<K, V> {
  private final OrderedSerializer<K> keys;

  SortedMapHandle(
      String name,
      StateTable<EntryKey<O>, R> table,
      CurrentKey<O> owner,
      OrderedSerializer<K> keys,
      Lifetime<V, R> lifetime) {
    super(name, table, owner, keys, lifetime);
    this.keys = keys;
  }

  @Override
  public Optional<Map.Entry<K, V>> first() {
    Iterator<Map.Entry<K, V>> entries = entries().iterator();
    return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
  }

  @Override
  public Iterable<Map.Entry<K, V>> range(K from, K to) {
    return entries(bytes(from), bytes(to));
  }

  @Override
  public Iterable<Map.Entry<K, V>> from(K from) {
    return entries(bytes(from), null);
  }

  @Override
  public Iterable<Map.Entry<K, V>> before(K to) {
    return entries(new byte[0], bytes(to));
  }

  @Override
  public Iterable<Map.Entry<K, V>> prefix(K prefix) {
    byte[] bytes = bytes(prefix, keys::serializePrefix);
    return entries(bytes, EntryKey.behindAll(bytes));
  }
}
