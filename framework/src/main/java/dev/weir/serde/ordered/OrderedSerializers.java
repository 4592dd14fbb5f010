package dev.weir.serde.ordered;

import dev.weir.error.InvalidPipelineException;
import java.lang.invoke.MethodType;
import java.util.Objects;

/**
 * Finds serializers that keep the order of values.
 *
 * <p>Built-in are: {@code boolean} (false first), {@code byte}, {@code short}, {@code char}, {@code
 * int}, {@code long}, {@code float} and {@code double} (as {@link Double#compare}) and their boxes,
 * {@code Instant}, {@code Duration}, {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime},
 * all in their natural order; {@code String} by its {@code char}s, as {@link String#compareTo};
 * {@code byte[]} by its bytes as unsigned numbers; {@code UUID} as its text; enums by name, which
 * stays when constants are reordered.
 */
public final class OrderedSerializers {
  private OrderedSerializers() {}

  /**
   * @param type the type
   * @param <T> the type
   * @return its serializer
   * @throws InvalidPipelineException if the type has no order here
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // Each answers for the type it is asked for.
  public static <T> OrderedSerializer<T> of(Class<T> type) {
    Objects.requireNonNull(type, "type");
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    if (boxed == String.class) {
      return (OrderedSerializer<T>) OrderedText.INSTANCE;
    }
    if (boxed == byte[].class) {
      return (OrderedSerializer<T>) OrderedBytes.INSTANCE;
    }
    if (boxed.isEnum()) {
      return new OrderedEnum(boxed);
    }
    return (OrderedSerializer<T>)
        OrderedScalars.of(boxed)
            .orElseThrow(
                () ->
                    new InvalidPipelineException(
                        "Keys of type "
                            + type.getTypeName()
                            + " have no order in which they could be walked over. Use a number, a"
                            + " String, an enum, a type of java.time or byte[], write an"
                            + " OrderedSerializer, or declare a MapStateDescriptor, which needs"
                            + " none."));
  }
}
