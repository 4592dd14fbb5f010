package dev.weir.function;

import dev.weir.state.AggregatingState;
import dev.weir.state.StateDescriptor;
import dev.weir.state.StateTtl;
import java.util.Objects;

/**
 * Names an {@link AggregatingState} and says how values are aggregated. The name is its identity in
 * checkpoints.
 *
 * @param name unique within the function; letters, digits, {@code .}, {@code _}, {@code -}
 * @param function folds values into an accumulator, and says how that is written
 * @param ttl how long an aggregate lives that nothing is added to
 * @param <T> type of the values
 * @param <A> type of the accumulator
 * @param <R> type of the result
 */
public record AggregatingStateDescriptor<T, A, R>(
    String name, AggregateFunction<T, A, R> function, StateTtl ttl)
    implements StateDescriptor<AggregatingState<T, R>> {
  /** Checks that all parts are there. */
  public AggregatingStateDescriptor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(ttl, "ttl");
  }

  /**
   * State that lives until it is cleared.
   *
   * @param name unique within the function
   * @param function folds values into an accumulator
   */
  public AggregatingStateDescriptor(String name, AggregateFunction<T, A, R> function) {
    this(name, function, StateTtl.none());
  }

  /**
   * @param newTtl how long an aggregate lives that nothing is added to
   * @return the same with this time to live
   */
  public AggregatingStateDescriptor<T, A, R> withTtl(StateTtl newTtl) {
    return new AggregatingStateDescriptor<>(name, function, newTtl);
  }
}
