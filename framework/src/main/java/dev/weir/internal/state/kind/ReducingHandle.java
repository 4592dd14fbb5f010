package dev.weir.internal.state.kind;

import dev.weir.function.ReduceFunction;
import dev.weir.state.ReducingState;
import java.util.Optional;
import java.util.function.Consumer;

/** One value of the current key that others are reduced into. */
final class ReducingHandle<V> implements ReducingState<V> {
  private final String name;
  private final Cell<?, V, ?> cell;
  private final Consumer<V> adding;

  ReducingHandle(String name, ReduceFunction<V> function, Cell<?, V, ?> cell) {
    this.name = name;
    this.cell = cell;
    this.adding = cell.updating((old, added) -> old == null ? added : function.reduce(old, added));
  }

  @Override
  public Optional<V> get() {
    return Optional.ofNullable(cell.get());
  }

  @Override
  public void add(V value) {
    adding.accept(Given.present(value, name));
  }

  @Override
  public void clear() {
    cell.clear();
  }
}
