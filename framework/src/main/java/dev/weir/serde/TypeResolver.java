package dev.weir.serde;

import dev.weir.error.InvalidPipelineException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the serializer of a type by looking at its parts. Used once, on one thread. */
final class TypeResolver {
  private static final int DEEPEST = 100;

  private final Deque<Open> open = new ArrayDeque<>();
  private int depth;

  /** The path names the part for people: {@code Order.customer.tags}. */
  TypeSerializer<?> resolve(Type type, Map<TypeVariable<?>, Type> bindings, String path) {
    if (depth == DEEPEST) {
      throw unknown(type, path, "it nests without end");
    }
    depth++;
    TypeSerializer<?> serializer = ofBound(type, bindings, path);
    depth--;
    return serializer;
  }

  private TypeSerializer<?> ofBound(Type type, Map<TypeVariable<?>, Type> bindings, String path) {
    Type bound = type instanceof TypeVariable<?> variable ? bindings.get(variable) : type;
    if (bound instanceof Class<?> raw) {
      return ofClass(raw, path);
    }
    if (bound instanceof ParameterizedType parameterized) {
      return ofParameterized(parameterized, bindings, path);
    }
    throw unknown(type, path, "its type parameters are not known here");
  }

  private TypeSerializer<?> ofClass(Class<?> type, String path) {
    Optional<TypeSerializer<?>> scalar = Scalars.of(type);
    if (scalar.isPresent()) {
      return scalar.get();
    }
    Optional<TypeSerializer<?>> array = ArraySerializer.of(type);
    if (array.isPresent()) {
      return array.get();
    }
    if (type.getTypeParameters().length > 0) {
      throw unknown(type, path, "its type parameters are not known here");
    }
    if (type.isEnum()) {
      return ofEnum(type);
    }
    if (type.isSealed() && type.isInterface()) {
      return ofSealed(type, path);
    }
    return ofStruct(type, Map.of(), path);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // It is an enum.
  private static TypeSerializer<?> ofEnum(Class<?> type) {
    return new EnumSerializer(type);
  }

  private TypeSerializer<?> ofParameterized(
      ParameterizedType type, Map<TypeVariable<?>, Type> bindings, String path) {
    Class<?> raw = (Class<?>) type.getRawType();
    if (!Set.of(List.class, Set.class, Map.class, Optional.class).contains(raw)) {
      return ofStruct(raw, bind(raw, type, bindings), path);
    }
    List<TypeSerializer<?>> arguments = new ArrayList<>();
    for (Type argument : type.getActualTypeArguments()) {
      arguments.add(resolve(argument, bindings, path + "<" + argument.getTypeName() + ">"));
    }
    return container(raw, arguments);
  }

  private static TypeSerializer<?> container(Class<?> raw, List<TypeSerializer<?>> arguments) {
    if (raw == List.class) {
      return new Containers.ListSerializer<>(arguments.get(0));
    }
    if (raw == Set.class) {
      return new Containers.SetSerializer<>(arguments.get(0));
    }
    if (raw == Map.class) {
      return new Containers.MapSerializer<>(arguments.get(0), arguments.get(1));
    }
    return new Containers.OptionalSerializer<>(arguments.get(0));
  }

  private static Map<TypeVariable<?>, Type> bind(
      Class<?> raw, ParameterizedType type, Map<TypeVariable<?>, Type> outer) {
    Map<TypeVariable<?>, Type> bindings = new HashMap<>(outer);
    for (int i = 0; i < raw.getTypeParameters().length; i++) {
      Type argument = type.getActualTypeArguments()[i];
      Type bound = argument instanceof TypeVariable<?> variable ? outer.get(variable) : argument;
      bindings.put(raw.getTypeParameters()[i], bound);
    }
    return bindings;
  }

  private <T> StructSerializer<T> ofStruct(
      Class<T> type, Map<TypeVariable<?>, Type> bindings, String path) {
    if (!isStruct(type)) {
      throw unknown(
          type,
          path,
          "it is no record, no enum, no sealed interface, no class with a public constructor"
              + " without parameters, and none of the built-in types");
    }
    Open struct = new Open(type, new HashMap<>(bindings));
    if (open.contains(struct)) {
      throw unknown(type, path, "it contains itself");
    }
    open.push(struct);
    Structure<T> structure = StructSerializer.structureOf(type);
    List<TypeSerializer<?>> parts = new ArrayList<>();
    for (Member member : structure.members()) {
      parts.add(resolve(member.genericType(), bindings, path + "." + member.name()));
    }
    open.pop();
    StructSerializer<T> serializer = new StructSerializer<>(parts, structure);
    serializer.checkDefaults();
    return serializer;
  }

  /** Classes of the JDK hide what they are made of. */
  private static boolean isStruct(Class<?> type) {
    return type.isRecord()
        || (!type.isInterface()
            && !type.isArray()
            && !type.isPrimitive()
            && !Modifier.isAbstract(type.getModifiers())
            && !type.getName().startsWith("java.")
            && Arrays.stream(type.getConstructors()).anyMatch(c -> c.getParameterCount() == 0));
  }

  private <T> TypeSerializer<T> ofSealed(Class<T> type, String path) {
    List<StructSerializer<? extends T>> cases = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Class<? extends T> each : recordsOf(type, path)) {
      if (!names.add(each.getSimpleName())) {
        throw unknown(type, path, "two of its records are named " + each.getSimpleName());
      }
      cases.add(ofStruct(each, Map.of(), path + "(" + each.getSimpleName() + ")"));
    }
    return new UnionSerializer<>(type, cases);
  }

  /** The records below a sealed interface, in the order they are permitted. */
  private static <T> Set<Class<? extends T>> recordsOf(Class<T> type, String path) {
    Set<Class<? extends T>> records = new LinkedHashSet<>();
    for (Class<?> each : type.getPermittedSubclasses()) {
      if (each.isSealed() && each.isInterface()) {
        records.addAll(recordsOf(each.asSubclass(type), path));
      } else if (each.isRecord() && each.getTypeParameters().length == 0) {
        records.add(each.asSubclass(type));
      } else {
        throw unknown(type, path, each.getName() + " is no record without type parameters");
      }
    }
    return records;
  }

  /** A class whose fields are being looked at. */
  private record Open(Class<?> type, Map<TypeVariable<?>, Type> bindings) {}

  private static InvalidPipelineException unknown(Type type, String path, String reason) {
    return new InvalidPipelineException(
        "There is no built-in serializer for "
            + path
            + " of type "
            + type.getTypeName()
            + ": "
            + reason
            + ". Use built-in types, enums and records of such, name type arguments with a TypeRef,"
            + " make one with TypeSerializers.listOf, setOf, mapOf or optionalOf, or write a"
            + " TypeSerializer and pass it where the key or state is declared.");
  }
}
