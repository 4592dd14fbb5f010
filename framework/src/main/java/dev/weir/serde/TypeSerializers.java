package dev.weir.serde;

import dev.weir.error.InvalidPipelineException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds serializers. Built-in are:
 *
 * <ul>
 *   <li>primitives, their boxes and, for values but not for keys, arrays of primitives; {@code
 *       String}, {@code BigInteger}, {@code BigDecimal}, {@code UUID};
 *   <li>of {@code java.time}: {@code Instant}, {@code Duration}, {@code Period}, the local, offset
 *       and zoned dates and times, {@code Year}, {@code YearMonth}, {@code MonthDay}, {@code
 *       ZoneId}, {@code ZoneOffset};
 *   <li>enums, written by name;
 *   <li>{@code List}, {@code Set}, {@code Map}, {@code Optional} of such, whose elements may not be
 *       null; what is read back may be changed;
 *   <li>records of such; components that are no primitives may be null;
 *   <li>sealed interfaces of records, written with the record's simple name;
 *   <li>classes that are not abstract and have a public constructor without parameters. Written are
 *       all fields, inherited ones too, but static and transient ones; each must be public and not
 *       final, or have a public getter ({@code getX}, {@code isX} or {@code x}) and a public setter
 *       ({@code setX}). Subclasses are refused when written. As keys they need {@code equals} and
 *       {@code hashCode}.
 * </ul>
 *
 * What becomes of state when such a type changes is in docs/state-evolution.md: in short, fields
 * may be added ({@link dev.weir.schema.DefaultValue}), removed, widened and renamed ({@link
 * dev.weir.schema.RenamedFrom}).
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
   * @param type the type with its type arguments
   * @param <T> the type
   * @return its built-in serializer
   * @throws InvalidPipelineException if there is none; names the part that has none
   */
  @SuppressWarnings("unchecked") // The resolver answers for the type it is asked for.
  public static <T> TypeSerializer<T> of(TypeRef<T> type) {
    return (TypeSerializer<T>)
        new TypeResolver().resolve(type.type(), Map.of(), type.type().getTypeName());
  }

  /**
   * @param element writes the elements, which may not be null
   * @param <E> type of the elements
   * @return a serializer of lists
   */
  public static <E> TypeSerializer<List<E>> listOf(TypeSerializer<E> element) {
    return new Containers.ListSerializer<>(Objects.requireNonNull(element, "element"));
  }

  /**
   * @param element writes the elements, which may not be null
   * @param <E> type of the elements
   * @return a serializer of sets; equal sets give equal bytes
   */
  public static <E> TypeSerializer<Set<E>> setOf(TypeSerializer<E> element) {
    return new Containers.SetSerializer<>(Objects.requireNonNull(element, "element"));
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
    return new Containers.MapSerializer<>(
        Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
  }

  /**
   * @param value writes the value, if there is one
   * @param <T> type of the value
   * @return a serializer of optionals
   */
  public static <T> TypeSerializer<Optional<T>> optionalOf(TypeSerializer<T> value) {
    return new Containers.OptionalSerializer<>(Objects.requireNonNull(value, "value"));
  }

  /**
   * Checks that a serializer may write keys: a key must be equal to what is read back from its
   * bytes.
   *
   * @param serializer the serializer
   * @param <K> type of the keys
   * @return the serializer
   * @throws InvalidPipelineException if it or one of its parts writes arrays, or objects without
   *     {@code equals}
   */
  public static <K> TypeSerializer<K> requireKey(TypeSerializer<K> serializer) {
    KeyRule.objection(serializer)
        .ifPresent(
            reason -> {
              throw new InvalidPipelineException(
                  "Keys cannot be written as "
                      + serializer.schema()
                      + ": "
                      + reason
                      + ". Use a String, a number or a record of such as the key.");
            });
    return serializer;
  }
}
