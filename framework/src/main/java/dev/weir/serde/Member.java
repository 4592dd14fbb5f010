package dev.weir.serde;

import dev.weir.error.InvalidPipelineException;
import dev.weir.schema.DefaultValue;
import dev.weir.schema.RenamedFrom;
import dev.weir.schema.Schema;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A component of a record or a field of a class.
 *
 * @param name its name
 * @param type its class
 * @param genericType its class with type arguments
 * @param formerNames names it was written under before
 * @param defaultText the annotated default, if there is one
 */
record Member(
    String name,
    Class<?> type,
    Type genericType,
    List<String> formerNames,
    Optional<String> defaultText) {
  static Member of(String name, Class<?> type, Type genericType, AnnotatedElement element) {
    DefaultValue defaultValue = element.getAnnotation(DefaultValue.class);
    return new Member(
        name,
        type,
        genericType,
        formerNames(element),
        Optional.ofNullable(defaultValue).map(DefaultValue::value));
  }

  static List<String> formerNames(AnnotatedElement element) {
    RenamedFrom renamed = element.getAnnotation(RenamedFrom.class);
    return renamed == null ? List.of() : List.of(renamed.value());
  }

  boolean isNullable() {
    return !type.isPrimitive();
  }

  /**
   * What a member is where nothing was written, and where null was.
   *
   * @param absent gives the value where nothing was written
   * @param nothing gives the value where null was written
   */
  record Default(Supplier<Object> absent, Supplier<Object> nothing) {
    static Default of(Member member, TypeSerializer<?> serializer, Structure<?> structure) {
      Supplier<Object> absent = absent(member, serializer, structure);
      if (member.type().isPrimitive()) {
        return new Default(absent, absent);
      }
      boolean isOptional = member.type() == Optional.class;
      return new Default(absent, isOptional ? Optional::empty : () -> null);
    }

    Object ofAbsent() {
      return absent.get();
    }

    Object ofNull() {
      return nothing.get();
    }

    private static Supplier<Object> absent(
        Member member, TypeSerializer<?> serializer, Structure<?> structure) {
      if (member.defaultText().isPresent()) {
        Object value = parsed(member, serializer, structure.type());
        return () -> value;
      }
      return structure.hasOwnDefaults() ? () -> Structure.UNTOUCHED : ofType(member.type());
    }

    private static Supplier<Object> ofType(Class<?> type) {
      if (type.isPrimitive()) {
        Object zero = Array.get(Array.newInstance(type, 1), 0);
        return () -> zero;
      }
      return switch (type.getName()) {
        case "java.util.Optional" -> Optional::empty;
        case "java.util.List" -> ArrayList::new;
        case "java.util.Set" -> LinkedHashSet::new;
        case "java.util.Map" -> LinkedHashMap::new;
        default -> () -> null;
      };
    }

    private static Object parsed(Member member, TypeSerializer<?> serializer, Class<?> owner) {
      String text = member.defaultText().orElseThrow();
      try {
        return serializer instanceof EnumSerializer<?> constants
            ? constants.constant(text)
            : parsed(text, serializer.schema());
      } catch (RuntimeException e) {
        throw new InvalidPipelineException(
            "The default value '"
                + text
                + "' of "
                + owner.getName()
                + "."
                + member.name()
                + " is no "
                + serializer.schema()
                + ": "
                + e.getMessage()
                + ". Correct the annotation.",
            e);
      }
    }

    private static Object parsed(String text, Schema schema) {
      if (!(schema instanceof Schema.Basic basic)) {
        throw new IllegalArgumentException("values of this type have no text");
      }
      return switch (basic) {
        case BOOLEAN -> Boolean.valueOf(text);
        case BYTE -> Byte.valueOf(text);
        case SHORT -> Short.valueOf(text);
        case CHAR -> text.charAt(0);
        case INT -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case FLOAT -> Float.valueOf(text);
        case DOUBLE -> Double.valueOf(text);
        case STRING -> text;
        case INTEGER -> new BigInteger(text);
        case DECIMAL -> new BigDecimal(text);
        case UUID -> UUID.fromString(text);
        default -> Times.parsed(text, basic);
      };
    }
  }
}
