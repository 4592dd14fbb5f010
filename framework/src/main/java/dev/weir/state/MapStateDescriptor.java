package dev.weir.state;

import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.util.Objects;

/**
 * Names a {@link MapState} and says how its entries are written. The name is its identity in
 * checkpoints.
 *
 * @param name unique within the function; letters, digits, {@code .}, {@code _}, {@code -}
 * @param keySerializer writes and reads keys; keys with equal bytes are the same key
 * @param valueSerializer writes and reads the values
 * @param ttl how long an entry lives
 * @param <K> type of the entries' keys
 * @param <V> type of the values
 */
public record MapStateDescriptor<K, V>(
    String name, TypeSerializer<K> keySerializer, TypeSerializer<V> valueSerializer, StateTtl ttl)
    implements StateDescriptor<MapState<K, V>> {
  /** Checks that all parts are there. */
  public MapStateDescriptor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(keySerializer, "keySerializer");
    Objects.requireNonNull(valueSerializer, "valueSerializer");
    Objects.requireNonNull(ttl, "ttl");
  }

  /**
   * State that lives until it is cleared.
   *
   * @param name unique within the function
   * @param keySerializer writes and reads keys; keys with equal bytes are the same key
   * @param valueSerializer writes and reads the values
   */
  public MapStateDescriptor(
      String name, TypeSerializer<K> keySerializer, TypeSerializer<V> valueSerializer) {
    this(name, keySerializer, valueSerializer, StateTtl.none());
  }

  /**
   * @param name unique within the function
   * @param keyType a type that {@link TypeSerializers#of} knows
   * @param valueType a type that {@link TypeSerializers#of} knows
   * @param <K> type of the entries' keys
   * @param <V> type of the values
   * @return the descriptor
   * @throws dev.weir.error.InvalidPipelineException if a type has no built-in serializer
   */
  public static <K, V> MapStateDescriptor<K, V> of(
      String name, Class<K> keyType, Class<V> valueType) {
    return new MapStateDescriptor<>(
        name, TypeSerializers.of(keyType), TypeSerializers.of(valueType));
  }

  /**
   * @param newTtl how long an entry lives
   * @return the same with this time to live
   */
  public MapStateDescriptor<K, V> withTtl(StateTtl newTtl) {
    return new MapStateDescriptor<>(name, keySerializer, valueSerializer, newTtl);
  }
}
