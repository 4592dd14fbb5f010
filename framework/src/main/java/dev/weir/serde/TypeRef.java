package dev.weir.serde;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Names a type with type arguments, where a class is not enough: {@code new TypeRef<Map<String,
 * List<Long>>>() {}}. Immutable.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {
  private final Type type;

  /**
   * Called by the anonymous class, which keeps the type arguments.
   *
   * @throws IllegalStateException if there are none
   */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
      throw new IllegalStateException(
          "Expected a type argument, found a raw TypeRef. Write new TypeRef<List<String>>() {}.");
    }
    this.type = parameterized.getActualTypeArguments()[0];
  }

  /**
   * @return the type
   */
  public final Type type() {
    return type;
  }
}
