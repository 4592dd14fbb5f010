package dev.weir.function;

import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import dev.weir.state.ReducingState;
import dev.weir.state.StateDescriptor;
import dev.weir.state.StateTtl;
import java.util.Objects;

/**
 * Names a {@link ReducingState}, says how values are reduced and how they are written. The name is
 * its identity in checkpoints.
 *
 * @param name unique within the function; letters, digits, {@code .}, {@code _}, {@code -}
 * @param function makes one value of two
 * @param serializer writes and reads the value so far
 * @param ttl how long the value lives that nothing is added to
 * @param <V> type of the values
 */
public record ReducingStateDescriptor<V>(
    String name, ReduceFunction<V> function, TypeSerializer<V> serializer, StateTtl ttl)
    implements StateDescriptor<ReducingState<V>> {
  /** Checks that all parts are there. */
  public ReducingStateDescriptor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(serializer, "serializer");
    Objects.requireNonNull(ttl, "ttl");
  }

  /**
   * State that lives until it is cleared.
   *
   * @param name unique within the function
   * @param function makes one value of two
   * @param serializer writes and reads the value so far
   */
  public ReducingStateDescriptor(
      String name, ReduceFunction<V> function, TypeSerializer<V> serializer) {
    this(name, function, serializer, StateTtl.none());
  }

  /**
   * @param name unique within the function
   * @param function makes one value of two
   * @param type a type that {@link TypeSerializers#of} knows
   * @param <V> type of the values
   * @return the descriptor
   * @throws dev.weir.error.InvalidPipelineException if the type has no built-in serializer
   */
  public static <V> ReducingStateDescriptor<V> of(
      String name, ReduceFunction<V> function, Class<V> type) {
    return new ReducingStateDescriptor<>(name, function, TypeSerializers.of(type));
  }

  /**
   * @param newTtl how long the value lives that nothing is added to
   * @return the same with this time to live
   */
  public ReducingStateDescriptor<V> withTtl(StateTtl newTtl) {
    return new ReducingStateDescriptor<>(name, function, serializer, newTtl);
  }
}
