package dev.weir.function;

import dev.weir.serde.TypeSerializer;
import java.util.Objects;

/** Aggregates for common needs. Their accumulators are changed in place, so adding is cheap. */
public final class Aggregates {
  private Aggregates() {}

  /**
   * @return the number of values
   */
  public static AggregateFunction<Object, ?, Long> counting() {
    return new LongFold<Object>(value -> 1, LongFold.Operation.SUM);
  }

  /**
   * @param selector finds the number
   * @param <T> type of the values
   * @return the sum of the numbers; wraps around beyond 64 bits
   */
  public static <T> AggregateFunction<T, ?, Long> summingLong(LongSelector<? super T> selector) {
    return new LongFold<>(selector, LongFold.Operation.SUM);
  }

  /**
   * @param selector finds the number
   * @param <T> type of the values
   * @return the smallest number
   */
  public static <T> AggregateFunction<T, ?, Long> minLong(LongSelector<? super T> selector) {
    return new LongFold<>(selector, LongFold.Operation.MIN);
  }

  /**
   * @param selector finds the number
   * @param <T> type of the values
   * @return the largest number
   */
  public static <T> AggregateFunction<T, ?, Long> maxLong(LongSelector<? super T> selector) {
    return new LongFold<>(selector, LongFold.Operation.MAX);
  }

  /**
   * @param selector finds the number
   * @param <T> type of the values
   * @return the sum divided by the number of values; the sum is kept as {@code double}, so its last
   *     digits may depend on how values were grouped
   */
  public static <T> AggregateFunction<T, ?, Double> averaging(DoubleSelector<? super T> selector) {
    return new DoubleFold<>(selector, true);
  }

  /**
   * @param selector finds the number
   * @param <T> type of the values
   * @return the sum as {@code double}; its last digits may depend on how values were grouped
   */
  public static <T> AggregateFunction<T, ?, Double> summingDouble(
      DoubleSelector<? super T> selector) {
    return new DoubleFold<>(selector, false);
  }

  /**
   * @param function makes one value of two
   * @param serializer writes the value so far
   * @param <T> type of the values
   * @return all values in one
   */
  public static <T> AggregateFunction<T, ?, T> reducing(
      ReduceFunction<T> function, TypeSerializer<T> serializer) {
    return new Reducing<>(
        Objects.requireNonNull(function, "function"),
        Objects.requireNonNull(serializer, "serializer"));
  }
}
