package dev.weir.function;

import dev.weir.serde.TypeSerializer;
import java.io.Serializable;

/**
 * Folds values into an accumulator and an accumulator into a result. {@link #merge} must be
 * associative and commutative with {@link #add}, so that values can be combined in any grouping:
 * windows are aggregated in parts, first by the tasks that read the records, then by the one that
 * owns the key. One function serves several tasks at once, so it keeps nothing but what is in
 * accumulators.
 *
 * @param <T> type of the values
 * @param <A> type of the accumulator; may be mutable
 * @param <R> type of the result
 */
public interface AggregateFunction<T, A, R> extends Serializable {
  /**
   * @return a new, empty accumulator
   */
  A createAccumulator();

  /**
   * @param value the value to add
   * @param accumulator the accumulator so far; may be changed in place
   * @return the accumulator with the value in it
   */
  A add(T value, A accumulator);

  /**
   * @param accumulator the final accumulator
   * @return the result; null is an error
   */
  R result(A accumulator);

  /**
   * @param left one accumulator; may be changed in place
   * @param right another; must not be changed
   * @return both in one
   */
  A merge(A left, A right);

  /**
   * @return the serializer that writes accumulators to checkpoints
   */
  TypeSerializer<A> accumulatorSerializer();
}
