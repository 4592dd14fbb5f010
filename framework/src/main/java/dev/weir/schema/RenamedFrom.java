package dev.weir.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says under which names a record component, a field, an enum constant or a record of a sealed
 * interface was written before. The present name goes first where both were written.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.TYPE})
public @interface RenamedFrom {
  /**
   * @return the former names, newest first
   */
  String[] value();
}
