package dev.weir.serde;

import dev.weir.error.InvalidPipelineException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Takes records apart and puts them together. Immutable. */
final class RecordShape<T> {
  private final String[] names;
  private final MethodHandle[] accessors;
  private final MethodHandle constructor;

  private RecordShape(String[] names, MethodHandle[] accessors, MethodHandle constructor) {
    this.names = names;
    this.accessors = accessors;
    this.constructor = constructor;
  }

  static <T> RecordShape<T> of(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      MethodHandle[] accessors = new MethodHandle[components.length];
      for (int i = 0; i < accessors.length; i++) {
        accessors[i] = accessor(components[i]);
      }
      return new RecordShape<>(
          Arrays.stream(components).map(RecordComponent::getName).toArray(String[]::new),
          accessors,
          constructor(type, components));
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new InvalidPipelineException(
          "Record "
              + type.getName()
              + " cannot be read: "
              + e.getMessage()
              + ". Open its package to Weir in module-info.java, or write a TypeSerializer for it.",
          e);
    }
  }

  String name(int component) {
    return names[component];
  }

  Object[] componentsOf(T record) {
    Object[] components = new Object[accessors.length];
    try {
      for (int i = 0; i < components.length; i++) {
        components[i] = (Object) accessors[i].invokeExact((Object) record);
      }
      return components;
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  @SuppressWarnings("unchecked") // The constructor is T's.
  T create(Object[] components) {
    try {
      return (T) (Object) constructor.invokeExact(components);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  private static MethodHandle accessor(RecordComponent component)
      throws ReflectiveOperationException {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    return MethodHandles.lookup()
        .unreflect(accessor)
        .asType(MethodType.methodType(Object.class, Object.class));
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] components)
      throws ReflectiveOperationException {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return MethodHandles.lookup()
        .unreflectConstructor(constructor)
        .asSpreader(Object[].class, types.length)
        .asType(MethodType.methodType(Object.class, Object[].class));
  }

  /** Accessors and constructors of records declare no checked exceptions. */
  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }
}
