package dev.weir.serde;

import dev.weir.error.InvalidPipelineException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Takes records apart and puts them together. Immutable. */
final class RecordStructure<T> implements Structure<T> {
  private final Class<T> type;
  private final List<Member> members;
  private final MethodHandle[] typedAccessors;
  private final MethodHandle typedConstructor;
  private final MethodHandle[] accessors;
  private final MethodHandle constructor;

  private RecordStructure(
      Class<T> type, List<Member> members, MethodHandle[] accessors, MethodHandle constructor) {
    this.type = type;
    this.members = members;
    this.typedAccessors = accessors;
    this.typedConstructor = constructor;
    this.accessors =
        Arrays.stream(accessors)
            .map(accessor -> accessor.asType(MethodType.methodType(Object.class, Object.class)))
            .toArray(MethodHandle[]::new);
    this.constructor =
        constructor
            .asSpreader(Object[].class, members.size())
            .asType(MethodType.methodType(Object.class, Object[].class));
  }

  static <T> RecordStructure<T> of(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      MethodHandle[] accessors = new MethodHandle[components.length];
      for (int i = 0; i < accessors.length; i++) {
        accessors[i] = accessor(components[i]);
      }
      return new RecordStructure<>(
          type,
          Arrays.stream(components).map(RecordStructure::member).toList(),
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

  private static Member member(RecordComponent component) {
    return Member.of(
        component.getName(), component.getType(), component.getGenericType(), component);
  }

  private static MethodHandle accessor(RecordComponent component)
      throws ReflectiveOperationException {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    return MethodHandles.lookup()
        .unreflect(accessor)
        .asType(MethodType.methodType(component.getType(), Object.class));
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] components)
      throws ReflectiveOperationException {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return MethodHandles.lookup()
        .unreflectConstructor(constructor)
        .asType(MethodType.methodType(Object.class, types));
  }

  /** Takes an object, gives the component as its own type. */
  MethodHandle accessor(int component) {
    return typedAccessors[component];
  }

  /** Takes the components as their own types, gives an object. */
  MethodHandle constructor() {
    return typedConstructor;
  }

  @Override
  public Class<T> type() {
    return type;
  }

  @Override
  public List<Member> members() {
    return members;
  }

  @Override
  public Object[] partsOf(T value) {
    Object[] parts = new Object[accessors.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = (Object) accessors[i].invokeExact((Object) value);
      }
      return parts;
    } catch (Throwable e) {
      throw Structure.unchecked(e);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // The constructor is T's.
  public T create(Object[] parts) {
    try {
      return (T) (Object) constructor.invokeExact(parts);
    } catch (Throwable e) {
      throw Structure.unchecked(e);
    }
  }

  @Override
  public boolean isImmutable() {
    return true;
  }

  @Override
  public boolean hasOwnDefaults() {
    return false;
  }
}
