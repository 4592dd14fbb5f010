package dev.weir.internal.state.kind;

import dev.weir.state.ValueState;
import java.util.Optional;

/** One value of the current key. */
final class ValueHandle<V> implements ValueState<V> {
  private final String name;
  private final Cell<?, V, ?> cell;

  ValueHandle(String name, Cell<?, V, ?> cell) {
    this.name = name;
    this.cell = cell;
  }

  @Override
  public Optional<V> get() {
    return Optional.ofNullable(cell.get());
  }

  @Override
  public V getOr(V absent) {
    V value = cell.get();
    return value == null ? absent : value;
  }

  @Override
  public void set(V value) {
    cell.set(Given.present(value, name));
  }

  @Override
  public void clear() {
    cell.clear();
  }
}
