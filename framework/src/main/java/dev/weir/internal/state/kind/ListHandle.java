package dev.weir.internal.state.kind;

import dev.weir.internal.key.CurrentKey;
import dev.weir.internal.state.StateTable;
import dev.weir.state.ListState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The list of the current key, one row. Elements expire one by one; the expired ones at its
 * beginning are dropped once they are half of it, so that adding costs the same however long it is.
 */
final class ListHandle<K, V, R> implements ListState<V> {
  private final String name;
  private final StateTable<K, List<R>> table;
  private final CurrentKey<K> key;
  private final Lifetime<V, R> lifetime;
  private final StateTable.Update<List<R>, List<? extends V>> adding = this::plusAdded;

  ListHandle(
      String name, StateTable<K, List<R>> table, CurrentKey<K> key, Lifetime<V, R> lifetime) {
    this.name = name;
    this.table = table;
    this.key = key;
    this.lifetime = lifetime;
  }

  @Override
  public List<V> get() {
    List<R> kept = table.get(0, key.get());
    if (kept == null) {
      return List.of();
    }
    List<V> live = new ArrayList<>(kept.size());
    for (R each : kept) {
      V value = lifetime.live(each);
      if (value != null) {
        live.add(value);
      }
    }
    if (live.isEmpty() || lifetime.isRenewedByReads()) {
      update(live);
    }
    return Collections.unmodifiableList(live);
  }

  @Override
  public void add(V value) {
    addAll(List.of(Given.present(value, name)));
  }

  @Override
  public void addAll(List<? extends V> values) {
    if (!values.isEmpty()) {
      table.update(0, key.get(), values, adding);
    }
  }

  private List<R> plusAdded(List<R> old, List<? extends V> added) {
    List<R> list = old == null ? new ArrayList<>() : old;
    int half = list.size() / 2;
    if (half > 0 && lifetime.live(list.get(half)) == null) {
      list.subList(0, half + 1).removeIf(each -> lifetime.live(each) == null);
    }
    for (V value : added) {
      list.add(lifetime.kept(Given.present(value, name)));
    }
    return list;
  }

  @Override
  public void update(List<? extends V> values) {
    clear();
    addAll(values);
  }

  @Override
  public void clear() {
    table.remove(0, key.get());
  }
}
