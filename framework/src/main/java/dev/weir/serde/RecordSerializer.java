package dev.weir.serde;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes records by their components.
 *
 * <pre>
 *   one bit per component, set where it is null, in whole bytes; the components that are not null
 * </pre>
 */
final class RecordSerializer<T> implements TypeSerializer<T>, Composite {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final List<TypeSerializer<?>> parts;
  private final transient RecordShape<T> shape;
  private final transient TypeSerializer<Object>[] serializers;
  private final boolean isImmutable;

  @SuppressWarnings({"unchecked", "rawtypes"}) // Each meets values of its own component only.
  RecordSerializer(Class<T> type, List<TypeSerializer<?>> parts, RecordShape<T> shape) {
    this.type = type;
    this.parts = List.copyOf(parts);
    this.shape = shape;
    this.serializers = this.parts.toArray(new TypeSerializer[0]);
    this.isImmutable = parts.stream().allMatch(TypeSerializer::isImmutable);
  }

  @Override
  public void serialize(T value, DataOutput out) throws IOException {
    Object[] components = shape.componentsOf(value);
    writeNulls(components, out);
    for (int i = 0; i < components.length; i++) {
      if (components[i] != null) {
        serializers[i].serialize(components[i], out);
      }
    }
  }

  private static void writeNulls(Object[] components, DataOutput out) throws IOException {
    for (int first = 0; first < components.length; first += Byte.SIZE) {
      int nulls = 0;
      for (int i = first; i < Math.min(first + Byte.SIZE, components.length); i++) {
        nulls |= components[i] == null ? 1 << (i - first) : 0;
      }
      out.writeByte(nulls);
    }
  }

  @Override
  public T deserialize(DataInput in) throws IOException {
    byte[] nulls = new byte[(serializers.length + Byte.SIZE - 1) / Byte.SIZE];
    in.readFully(nulls);
    Object[] components = new Object[serializers.length];
    for (int i = 0; i < components.length; i++) {
      boolean isNull = (nulls[i / Byte.SIZE] >> (i % Byte.SIZE) & 1) != 0;
      components[i] = isNull ? null : serializers[i].deserialize(in);
    }
    try {
      return shape.create(components);
    } catch (RuntimeException e) {
      StreamCorruptedException corrupted =
          new StreamCorruptedException(
              "Expected a " + schema() + " but its constructor refuses the components: " + e);
      corrupted.initCause(e);
      throw corrupted;
    }
  }

  @Override
  public String schema() {
    return IntStream.range(0, serializers.length)
        .mapToObj(i -> shape.name(i) + ":" + serializers[i].schema())
        .collect(Collectors.joining(",", "record " + type.getSimpleName() + "(", ")"));
  }

  @Override
  public boolean isImmutable() {
    return isImmutable;
  }

  @Override
  public T copy(T value) {
    if (isImmutable) {
      return value;
    }
    Object[] components = shape.componentsOf(value);
    for (int i = 0; i < components.length; i++) {
      components[i] = components[i] == null ? null : serializers[i].copy(components[i]);
    }
    return shape.create(components);
  }

  @Override
  public List<TypeSerializer<?>> parts() {
    return parts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordSerializer<?> that
        && type == that.type
        && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + parts.hashCode();
  }

  @Override
  public String toString() {
    return schema();
  }

  private Object readResolve() {
    return new RecordSerializer<>(type, parts, RecordShape.of(type));
  }
}
