package dev.weir.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a record component or field is where a state was written without it, or with null where null
 * no longer fits. Without this annotation: zero or false, an empty optional or collection, else
 * null; in a class with setters what its constructor leaves there.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface DefaultValue {
  /**
   * @return the value as text: a boolean, a number, a string, a character, the name of an enum
   *     constant, or what {@code parse} of a {@code java.time} type or {@code UUID.fromString}
   *     takes
   */
  String value();
}
