package dev.weir.internal.row;

import dev.weir.internal.key.EntryKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a layer of a table of entries knows besides its rows: each owner's rows in the order of
 * their entries' bytes, and the owners whose rows below are all removed. Confined to the task's
 * thread; others may read what is cleared once the layer is frozen.
 */
final class EntryIndex<K, V> {
  private final RowMap<Object, NavigableMap<byte[], Row<K, V>>> owners =
      new RowMap<>(0, new LinkedChains<>());
  private final Map<Object, K> cleared = new LinkedHashMap<>();

  void add(Row<K, V> row) {
    EntryKey<?> key = EntryKey.of(row.key);
    Row<Object, NavigableMap<byte[], Row<K, V>>> owner = owner(key);
    if (owner == null) {
      NavigableMap<byte[], Row<K, V>> none = new TreeMap<>(Arrays::compareUnsigned);
      owner = new Row<>(hashOf(key), 0, key.owner(), none, false);
      owners.add(owner);
    }
    owner.value().put(key.entry(), row);
  }

  void remove(Row<K, V> row) {
    EntryKey<?> key = EntryKey.of(row.key);
    Row<Object, NavigableMap<byte[], Row<K, V>>> owner = owner(key);
    owner.value().remove(key.entry());
    if (owner.value().isEmpty()) {
      owners.remove(owner);
    }
  }

  /** The owner with its rows; null if it has none. */
  private Row<Object, NavigableMap<byte[], Row<K, V>>> owner(EntryKey<?> key) {
    return owners.find(hashOf(key), 0, key.owner());
  }

  private static int hashOf(EntryKey<?> key) {
    return RowMap.hash(0, key.owner());
  }

  /** The rows of a key's owner, as they are now. */
  List<Row<K, V>> rowsOf(K key) {
    Row<Object, NavigableMap<byte[], Row<K, V>>> owner = owner(EntryKey.of(key));
    return owner == null ? List.of() : new ArrayList<>(owner.value().values());
  }

  /** The owner's first row from this key on; null if there is none. */
  Row<K, V> firstFrom(K key) {
    EntryKey<?> from = EntryKey.of(key);
    Row<Object, NavigableMap<byte[], Row<K, V>>> owner = owner(from);
    Map.Entry<byte[], Row<K, V>> first =
        owner == null ? null : owner.value().ceilingEntry(from.entry());
    return first == null ? null : first.getValue();
  }

  void clear(K owner) {
    cleared.putIfAbsent(EntryKey.of(owner).owner(), owner);
  }

  void forgetCleared(K owner) {
    cleared.remove(EntryKey.of(owner).owner());
  }

  boolean isCleared(K key) {
    return !cleared.isEmpty() && cleared.containsKey(EntryKey.of(key).owner());
  }

  /** For each cleared owner the key that stands for all of its entries. */
  Collection<K> cleared() {
    return cleared.values();
  }
}
