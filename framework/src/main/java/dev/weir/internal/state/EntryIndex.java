package dev.weir.internal.state;

import dev.weir.internal.key.EntryKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a layer of a table of entries knows besides its rows: each owner's rows in the order of
 * their entries' bytes, and the owners whose rows below are all removed. Confined to the task's
 * thread; others may read what is cleared once the layer is frozen.
 */
final class EntryIndex<K, V> {
  private final Map<Object, TreeMap<byte[], Row<K, V>>> rows = new HashMap<>();
  private final Map<Object, K> cleared = new LinkedHashMap<>();

  void add(Row<K, V> row) {
    EntryKey<?> key = EntryKey.of(row.key);
    rows.computeIfAbsent(key.owner(), owner -> new TreeMap<>(Arrays::compareUnsigned))
        .put(key.entry(), row);
  }

  void remove(Row<K, V> row) {
    EntryKey<?> key = EntryKey.of(row.key);
    TreeMap<byte[], Row<K, V>> entries = rows.get(key.owner());
    entries.remove(key.entry());
    if (entries.isEmpty()) {
      rows.remove(key.owner());
    }
  }

  /** The rows of a key's owner, as they are now. */
  List<Row<K, V>> rowsOf(K key) {
    TreeMap<byte[], Row<K, V>> entries = rows.get(EntryKey.of(key).owner());
    return entries == null ? List.of() : new ArrayList<>(entries.values());
  }

  /** The owner's first row from this key on; null if there is none. */
  Row<K, V> firstFrom(K key) {
    EntryKey<?> from = EntryKey.of(key);
    TreeMap<byte[], Row<K, V>> entries = rows.get(from.owner());
    Map.Entry<byte[], Row<K, V>> first =
        entries == null ? null : entries.ceilingEntry(from.entry());
    return first == null ? null : first.getValue();
  }

  void clear(K owner) {
    cleared.putIfAbsent(EntryKey.of(owner).owner(), owner);
  }

  boolean isCleared(K key) {
    return !cleared.isEmpty() && cleared.containsKey(EntryKey.of(key).owner());
  }

  /** For each cleared owner the key that stands for all of its entries. */
  Collection<K> cleared() {
    return cleared.values();
  }
}
