package dev.weir.serde;

import dev.weir.error.InvalidPipelineException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes objects of a class with a public constructor without parameters apart and puts them
 * together. Immutable.
 */
final class PojoStructure<T> implements Structure<T> {
  private final Class<T> type;
  private final List<PojoField> fields;
  private final List<Member> members;
  private final MethodHandle constructor;

  private PojoStructure(Class<T> type, List<PojoField> fields, MethodHandle constructor) {
    this.type = type;
    this.fields = fields;
    this.members = fields.stream().map(PojoField::member).toList();
    this.constructor = constructor;
  }

  /** Fields in the order of their names: the JVM promises none. */
  static <T> PojoStructure<T> of(Class<T> type) {
    try {
      Constructor<T> constructor = type.getConstructor();
      constructor.setAccessible(true);
      MethodHandle maker =
          MethodHandles.lookup()
              .unreflectConstructor(constructor)
              .asType(MethodType.methodType(Object.class));
      return new PojoStructure<>(type, PojoField.allOf(type), maker);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw e instanceof InvalidPipelineException refusal
          ? refusal
          : new InvalidPipelineException(
              "Class "
                  + type.getName()
                  + " cannot be read: "
                  + e
                  + ". Give it a public constructor without parameters and open its package to"
                  + " Weir, make it a record, or write a TypeSerializer for it.",
              e);
    }
  }

  @Override
  public Class<T> type() {
    return type;
  }

  @Override
  public List<Member> members() {
    return members;
  }

  /** A subclass would lose its own fields. */
  @Override
  public Object[] partsOf(T value) {
    if (value.getClass() != type) {
      throw new IllegalArgumentException(
          "Tried to write a "
              + type.getName()
              + ", found a "
              + value.getClass().getName()
              + ", whose own fields would be lost. Declare a sealed interface of records.");
    }
    Object[] parts = new Object[fields.size()];
    try {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = (Object) fields.get(i).getter().invokeExact((Object) value);
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
      Object made = (Object) constructor.invokeExact();
      for (int i = 0; i < parts.length; i++) {
        if (parts[i] != UNTOUCHED) {
          fields.get(i).setter().invokeExact(made, parts[i]);
        }
      }
      return (T) made;
    } catch (Throwable e) {
      throw Structure.unchecked(e);
    }
  }

  @Override
  public boolean isImmutable() {
    return false;
  }

  @Override
  public boolean hasOwnDefaults() {
    return true;
  }

  /**
   * A field of a class: public and not final, or with a public getter ({@code getX}, {@code isX} or
   * {@code x}) and a public setter ({@code setX}).
   *
   * @param member what it is
   * @param getter takes an object, gives the value
   * @param setter takes an object and the value
   */
  private record PojoField(Member member, MethodHandle getter, MethodHandle setter) {
    private static final MethodType GET = MethodType.methodType(Object.class, Object.class);
    private static final MethodType SET =
        MethodType.methodType(void.class, Object.class, Object.class);

    /** All fields of the class and those it extends, by name, but static and transient ones. */
    static List<PojoField> allOf(Class<?> type) throws ReflectiveOperationException {
      List<PojoField> fields = new ArrayList<>();
      Set<String> names = new HashSet<>();
      for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
        for (Field field : each.getDeclaredFields()) {
          if (isWritten(field)) {
            check(names.add(field.getName()), type, field, "two fields have this name");
            fields.add(of(type, field));
          }
        }
      }
      if (fields.isEmpty()) {
        throw new InvalidPipelineException(
            "Class " + type.getName() + " has no fields to write. Write a TypeSerializer for it.");
      }
      fields.sort(Comparator.comparing(field -> field.member.name()));
      return List.copyOf(fields);
    }

    private static boolean isWritten(Field field) {
      int modifiers = field.getModifiers();
      return !Modifier.isStatic(modifiers)
          && !Modifier.isTransient(modifiers)
          && !field.isSynthetic();
    }

    private static PojoField of(Class<?> type, Field field) throws ReflectiveOperationException {
      Member member = Member.of(field.getName(), field.getType(), field.getGenericType(), field);
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      if (Modifier.isPublic(field.getModifiers())) {
        check(!Modifier.isFinal(field.getModifiers()), type, field, "it is final");
        field.setAccessible(true);
        return new PojoField(
            member,
            lookup.unreflectGetter(field).asType(GET),
            lookup.unreflectSetter(field).asType(SET));
      }
      return new PojoField(
          member,
          lookup.unreflect(getter(type, field)).asType(GET),
          lookup.unreflect(setter(type, field)).asType(SET));
    }

    private static Method getter(Class<?> type, Field field) {
      String upper = upperCase(field.getName());
      return Stream.of("get" + upper, "is" + upper, field.getName())
          .flatMap(name -> methods(type, name, field.getType()))
          .findFirst()
          .orElseThrow(() -> refusal(type, field, "it has no public getter get" + upper));
    }

    private static Method setter(Class<?> type, Field field) {
      String name = "set" + upperCase(field.getName());
      return methods(type, name, void.class, field.getType())
          .findFirst()
          .orElseThrow(() -> refusal(type, field, "it has no public setter " + name));
    }

    /** The public method of that signature, if there is one. */
    private static Stream<Method> methods(
        Class<?> type, String name, Class<?> result, Class<?>... parameters) {
      try {
        Method method = type.getMethod(name, parameters);
        method.setAccessible(true);
        boolean isFit =
            method.getReturnType() == result && !Modifier.isStatic(method.getModifiers());
        return isFit ? Stream.of(method) : Stream.empty();
      } catch (NoSuchMethodException e) {
        return Stream.empty();
      }
    }

    private static String upperCase(String name) {
      return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static void check(boolean holds, Class<?> type, Field field, String reason) {
      if (!holds) {
        throw refusal(type, field, reason);
      }
    }

    private static InvalidPipelineException refusal(Class<?> type, Field field, String reason) {
      return new InvalidPipelineException(
          "Field "
              + type.getName()
              + "."
              + field.getName()
              + " cannot be written: "
              + reason
              + ". Make it public and not final, give it a public getter and setter, make it"
              + " transient, or make the class a record.");
    }
  }
}
