package dev.weir.state;

import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.io.Serializable;
import java.util.Objects;

/**
 * Names a {@link ValueState} and says how its values are written. The name is its identity in
 * checkpoints.
 *
 * @param name unique within the function; letters, digits, {@code .}, {@code _}, {@code -}
 * @param serializer writes and reads the values
 * @param <V> type of the value
 */
public record ValueStateDescriptor<V>(String name, TypeSerializer<V> serializer)
    implements Serializable {
  /** Checks that both parts are there. */
  public ValueStateDescriptor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(serializer, "serializer");
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
}
