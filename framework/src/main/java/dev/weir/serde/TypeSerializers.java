package dev.weir.serde;

import dev.weir.error.InvalidPipelineException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds serializers.
 *
 * <p>Built-in are: primitives and their boxes, {@code String}, {@code byte[]} (for values, not for
 * keys), {@code BigInteger}, {@code BigDecimal}, {@code UUID}, {@code Instant}, {@code Duration},
 * the local, offset and zoned dates and times, enums (written by name), and records whose
 * components are built-in or {@code List}, {@code Set}, {@code Map} and {@code Optional} of such. A
 * record's components may be null, elements of collections may not. Lists, sets and maps that are
 * read back may be changed.
 */
public final class TypeSerializers {
  private TypeSerializers() {}

  /**
   * @param type the type
   * @param <T> the type
   * @return its built-in serializer
   * @throws InvalidPipelineException if there is none; names the part that has none
   */
  @SuppressWarnings("unchecked") // The resolver answers for the type it is asked for.
  public static <T> TypeSerializer<T> of(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return (TypeSerializer<T>) new TypeResolver().resolve(type, Map.of(), type.getSimpleName());
  }

  /**
   * @param element writes the elements, which may not be null
   * @param <E> type of the elements
   * @return a serializer of lists
   */
  public static <E> TypeSerializer<List<E>> listOf(TypeSerializer<E> element) {
    return new ListSerializer<>(Objects.requireNonNull(element, "element"));
  }

  /**
   * @param element writes the elements, which may not be null
   * @param <E> type of the elements
   * @return a serializer of sets; equal sets give equal bytes
   */
  public static <E> TypeSerializer<Set<E>> setOf(TypeSerializer<E> element) {
    return new SetSerializer<>(Objects.requireNonNull(element, "element"));
  }

  /**
   * @param key writes the keys, which may not be null
   * @param value writes the values, which may not be null
   * @param <K> type of the keys
   * @param <V> type of the values
   * @return a serializer of maps; equal maps give equal bytes
   */
  public static <K, V> TypeSerializer<Map<K, V>> mapOf(
      TypeSerializer<K> key, TypeSerializer<V> value) {
    return new MapSerializer<>(
        Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
  }

  /**
   * @param value writes the value, if there is one
   * @param <T> type of the value
   * @return a serializer of optionals
   */
  public static <T> TypeSerializer<Optional<T>> optionalOf(TypeSerializer<T> value) {
    return new OptionalSerializer<>(Objects.requireNonNull(value, "value"));
  }

  /**
   * Checks that a serializer may write keys: a key must be equal to what is read back from its
   * bytes.
   *
   * @param serializer the serializer
   * @param <K> type of the keys
   * @return the serializer
   * @throws InvalidPipelineException if it or one of its parts writes arrays
   */
  public static <K> TypeSerializer<K> requireKey(TypeSerializer<K> serializer) {
    if (hasArray(serializer)) {
      throw new InvalidPipelineException(
          "Keys cannot be written as "
              + serializer.schema()
              + ": arrays are not equal when their bytes are. Use a String, a number or a record"
              + " without arrays as the key.");
    }
    return serializer;
  }

  private static boolean hasArray(TypeSerializer<?> serializer) {
    return serializer instanceof BytesSerializer
        || (serializer instanceof Composite composite
            && composite.parts().stream().anyMatch(TypeSerializers::hasArray));
  }
}
