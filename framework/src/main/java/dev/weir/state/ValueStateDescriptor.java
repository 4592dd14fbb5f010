package dev.weir.state;

import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.util.Objects;

/**
 * Names a {@link ValueState} and says how its values are written. The name is its identity in
 * checkpoints.
 *
 * @param name unique within the function; letters, digits, {@code .}, {@code _}, {@code -}
 * @param serializer writes and reads the values
 * @param ttl how long a value lives
 * @param <V> type of the value
 */
public record ValueStateDescriptor<V>(String name, TypeSerializer<V> serializer, StateTtl ttl)
    implements StateDescriptor<ValueState<V>> {
  /** Checks that all parts are there. */
  public ValueStateDescriptor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(serializer, "serializer");
    Objects.requireNonNull(ttl, "ttl");
  }

  /**
   * State that lives until it is cleared.
   *
   * @param name unique within the function
   * @param serializer writes and reads the values
   */
  public ValueStateDescriptor(String name, TypeSerializer<V> serializer) {
    this(name, serializer, StateTtl.none());
  }

  /**
   * @param name unique within the function
   * @param type a type that {@link TypeSerializers#of} knows
   * @param <V> type of the value
   * @return the descriptor
   * @throws dev.weir.error.InvalidPipelineException if the type has no built-in serializer
   */
  public static <V> ValueStateDescriptor<V> of(String name, Class<V> type) {
    return new ValueStateDescriptor<>(name, TypeSerializers.of(type));
  }

  /**
   * @param newTtl how long a value lives
   * @return the same with this time to live
   */
  public ValueStateDescriptor<V> withTtl(StateTtl newTtl) {
    return new ValueStateDescriptor<>(name, serializer, newTtl);
  }
}
