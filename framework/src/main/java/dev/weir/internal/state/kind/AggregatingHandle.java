package dev.weir.internal.state.kind;

import dev.weir.function.AggregateFunction;
import dev.weir.state.AggregatingState;
import java.util.Optional;
import java.util.function.Consumer;

/** One accumulator of the current key. */
final class AggregatingHandle<T, A, R> implements AggregatingState<T, R> {
  private final String name;
  private final AggregateFunction<T, A, R> function;
  private final Cell<?, A, ?> cell;
  private final Consumer<T> adding;

  AggregatingHandle(String name, AggregateFunction<T, A, R> function, Cell<?, A, ?> cell) {
    this.name = name;
    this.function = function;
    this.cell = cell;
    this.adding = cell.updating(this::plusAdded);
  }

  private A plusAdded(A old, T added) {
    return function.add(added, old == null ? function.createAccumulator() : old);
  }

  @Override
  public Optional<R> get() {
    return Optional.ofNullable(cell.get()).map(function::result);
  }

  @Override
  public void add(T value) {
    adding.accept(Given.present(value, name));
  }

  @Override
  public void clear() {
    cell.clear();
  }
}
