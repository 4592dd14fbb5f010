package dev.weir.serde;

import dev.weir.error.InvalidPipelineException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the serializer of a type by looking at its parts. Used once, on one thread. */
final class TypeResolver {
  private final Deque<Class<?>> open = new ArrayDeque<>();

  /** The path names the part for people: {@code Order.customer.tags}. */
  TypeSerializer<?> resolve(Type type, Map<TypeVariable<?>, Type> bindings, String path) {
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
    if (type == byte[].class) {
      return BytesSerializer.INSTANCE;
    }
    if (type.getTypeParameters().length > 0) {
      throw unknown(type, path, "its type parameters are not known here");
    }
    if (type.isEnum()) {
      return ofEnum(type);
    }
    if (type.isRecord()) {
      return ofRecord(type, Map.of(), path);
    }
    throw unknown(type, path, "it is no record, no enum and none of the built-in types");
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // It is an enum.
  private static TypeSerializer<?> ofEnum(Class<?> type) {
    return new EnumSerializer(type);
  }

  private TypeSerializer<?> ofParameterized(
      ParameterizedType type, Map<TypeVariable<?>, Type> bindings, String path) {
    Class<?> raw = (Class<?>) type.getRawType();
    if (raw.isRecord()) {
      return ofRecord(raw, bind(raw, type, bindings), path);
    }
    if (!Set.of(List.class, Set.class, Map.class, Optional.class).contains(raw)) {
      throw unknown(type, path, "it is no record, List, Set, Map or Optional");
    }
    List<TypeSerializer<?>> arguments = new ArrayList<>();
    for (Type argument : type.getActualTypeArguments()) {
      arguments.add(resolve(argument, bindings, path + "<" + argument.getTypeName() + ">"));
    }
    return container(raw, arguments);
  }

  private static TypeSerializer<?> container(Class<?> raw, List<TypeSerializer<?>> arguments) {
    if (raw == List.class) {
      return new ListSerializer<>(arguments.get(0));
    }
    if (raw == Set.class) {
      return new SetSerializer<>(arguments.get(0));
    }
    if (raw == Map.class) {
      return new MapSerializer<>(arguments.get(0), arguments.get(1));
    }
    return new OptionalSerializer<>(arguments.get(0));
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

  private <T> TypeSerializer<T> ofRecord(
      Class<T> type, Map<TypeVariable<?>, Type> bindings, String path) {
    if (open.contains(type)) {
      throw unknown(type, path, "it contains itself");
    }
    open.push(type);
    List<TypeSerializer<?>> parts = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      parts.add(resolve(component.getGenericType(), bindings, path + "." + component.getName()));
    }
    open.pop();
    return new RecordSerializer<>(type, parts, RecordShape.of(type));
  }

  private static InvalidPipelineException unknown(Type type, String path, String reason) {
    return new InvalidPipelineException(
        "There is no built-in serializer for "
            + path
            + " of type "
            + type.getTypeName()
            + ": "
            + reason
            + ". Use built-in types, enums and records of such, make one with TypeSerializers.listOf,"
            + " setOf, mapOf or optionalOf, or write a TypeSerializer and pass it where the key or"
            + " state is declared.");
  }
}
