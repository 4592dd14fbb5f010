package dev.weir.state;

import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.util.Objects;

/**
 * Names a {@link ListState} and says how its elements are written. The name is its identity in
 * checkpoints.
 *
 * @param name unique within the function; letters, digits, {@code .}, {@code _}, {@code -}
 * @param serializer writes and reads the elements
 * @param ttl how long an element lives
 * @param <V> type of the elements
 */
public record ListStateDescriptor<V>(String name, TypeSerializer<V> serializer, StateTtl ttl)
    implements StateDescriptor<ListState<V>> {
  /** Checks that all parts are there. */
  public ListStateDescriptor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(serializer, "serializer");
    Objects.requireNonNull(ttl, "ttl");
  }

  /**
   * State that lives until it is cleared.
   *
   * @param name unique within the function
   * @param serializer writes and reads the elements
   */
  public ListStateDescriptor(String name, TypeSerializer<V> serializer) {
    this(name, serializer, StateTtl.none());
  }

  /**
   * @param name unique within the function
   * @param type a type that {@link TypeSerializers#of} knows
   * @param <V> type of the elements
   * @return the descriptor
   * @throws dev.weir.error.InvalidPipelineException if the type has no built-in serializer
   */
  public static <V> ListStateDescriptor<V> of(String name, Class<V> type) {
    return new ListStateDescriptor<>(name, TypeSerializers.of(type));
  }

  /**
   * @param newTtl how long an element lives
   * @return the same with this time to live
   */
  public ListStateDescriptor<V> withTtl(StateTtl newTtl) {
    return new ListStateDescriptor<>(name, serializer, newTtl);
  }
}
