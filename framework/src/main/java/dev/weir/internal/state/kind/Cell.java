package dev.weir.internal.state.kind;

import dev.weir.internal.key.CurrentKey;
import dev.weir.internal.state.StateTable;
import java.util.function.Consumer;

/**
 * The one row that a key has in a table. Confined to the task's thread.
 *
 * @param <K> type of the key
 * @param <V> type of the value
 * @param <R> what is kept of it
 */
final class Cell<K, V, R> {
  private final StateTable<K, R> table;
  private final CurrentKey<K> key;
  private final Lifetime<V, R> lifetime;

  Cell(StateTable<K, R> table, CurrentKey<K> key, Lifetime<V, R> lifetime) {
    this.table = table;
    this.key = key;
    this.lifetime = lifetime;
  }

  /** The value, or null. */
  V get() {
    R kept = table.get(0, key.get());
    if (kept == null) {
      return null;
    }
    V value = lifetime.live(kept);
    if (value == null) {
      clear();
    } else if (lifetime.isRenewedByReads()) {
      set(value);
    }
    return value;
  }

  void set(V value) {
    table.put(0, key.get(), lifetime.kept(value));
  }

  void clear() {
    table.remove(0, key.get());
  }

  /** What replaces the value by a function of it and of what is given; made once, used often. */
  <T> Consumer<T> updating(StateTable.Update<V, T> update) {
    StateTable.Update<R, T> inRow =
        (kept, given) ->
            lifetime.kept(update.apply(kept == null ? null : lifetime.live(kept), given));
    return given -> table.update(0, key.get(), given, inRow);
  }
}
