package dev.weir.state;

import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import dev.weir.serde.ordered.OrderedSerializer;
import dev.weir.serde.ordered.OrderedSerializers;
import java.util.Objects;

/**
 * Names a {@link SortedMapState} and says how its entries are written and ordered. The name is its
 * identity in checkpoints.
 *
 * @param name unique within the function; letters, digits, {@code .}, {@code _}, {@code -}
 * @param keySerializer writes and reads keys; its bytes are the order
 * @param valueSerializer writes and reads the values
 * @param ttl how long an entry lives
 * @param <K> type of the entries' keys
 * @param <V> type of the values
 */
public record SortedMapStateDescriptor<K, V>(
    String name,
    OrderedSerializer<K> keySerializer,
    TypeSerializer<V> valueSerializer,
    StateTtl ttl)
    implements StateDescriptor<SortedMapState<K, V>> {
  /** Checks that all parts are there. */
  public SortedMapStateDescriptor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(keySerializer, "keySerializer");
    Objects.requireNonNull(valueSerializer, "valueSerializer");
    Objects.requireNonNull(ttl, "ttl");
  }

  /**
   * State that lives until it is cleared.
   *
   * @param name unique within the function
   * @param keySerializer writes and reads keys; its bytes are the order
   * @param valueSerializer writes and reads the values
   */
  public SortedMapStateDescriptor(
      String name, OrderedSerializer<K> keySerializer, TypeSerializer<V> valueSerializer) {
    this(name, keySerializer, valueSerializer, StateTtl.none());
  }

  /**
   * @param name unique within the function
   * @param keyType a type that {@link OrderedSerializers#of} knows
   * @param valueType a type that {@link TypeSerializers#of} knows
   * @param <K> type of the entries' keys
   * @param <V> type of the values
   * @return the descriptor
   * @throws dev.weir.error.InvalidPipelineException if the keys have no order, or the values no
   *     built-in serializer
   */
  public static <K, V> SortedMapStateDescriptor<K, V> of(
      String name, Class<K> keyType, Class<V> valueType) {
    return new SortedMapStateDescriptor<>(
        name, OrderedSerializers.of(keyType), TypeSerializers.of(valueType));
  }

  /**
   * @param newTtl how long an entry lives
   * @return the same with this time to live
   */
  public SortedMapStateDescriptor<K, V> withTtl(StateTtl newTtl) {
    return new SortedMapStateDescriptor<>(name, keySerializer, valueSerializer, newTtl);
  }
}
