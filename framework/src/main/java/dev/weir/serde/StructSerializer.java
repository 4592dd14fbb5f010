package dev.weir.serde;

import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.List;

/**
 * Writes records and objects by their fields.
 *
 * <pre>
 *   one bit per field that may be null, set where it is, in whole bytes; the fields that are not
 *   null; where there are no fields, one byte 0: so every value has a byte
 * </pre>
 */
final class StructSerializer<T> implements TypeSerializer<T>, KeyRule.Composite {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final List<TypeSerializer<?>> parts;
  private final transient Structure<T> structure;
  private final transient TypeSerializer<Object>[] serializers;
  private final transient Form<T> form;
  private final transient Schema.RecordOf schema;
  private final transient boolean isImmutable;

  @SuppressWarnings({"unchecked", "rawtypes"}) // Each meets values of its own field only.
  StructSerializer(List<TypeSerializer<?>> parts, Structure<T> structure) {
    this.type = structure.type();
    this.parts = List.copyOf(parts);
    this.structure = structure;
    this.serializers = this.parts.toArray(new TypeSerializer[0]);
    this.schema = Structure.schemaOf(structure, this.parts);
    this.isImmutable =
        structure.isImmutable() && parts.stream().allMatch(TypeSerializer::isImmutable);
    this.form =
        RecordForm.fits(structure)
            ? RecordForm.of((RecordStructure<T>) structure, this.parts)
            : new PartForm<>(structure, serializers, NullBits.of(schema));
  }

  static <T> Structure<T> structureOf(Class<T> type) {
    return type.isRecord() ? RecordStructure.of(type) : PojoStructure.of(type);
  }

  Structure<T> structure() {
    return structure;
  }

  @Override
  public void serialize(T value, DataOutput out) throws IOException {
    form.write(value, out);
  }

  @Override
  public T deserialize(DataInput in) throws IOException {
    try {
      return form.read(in);
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  /** Makes a value of what was read. */
  T create(Object[] values) throws StreamCorruptedException {
    try {
      return structure.create(values);
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  private StreamCorruptedException refused(RuntimeException e) {
    StreamCorruptedException corrupted =
        new StreamCorruptedException(
            "Expected a " + schema + " but its class refuses the fields: " + e);
    corrupted.initCause(e);
    return corrupted;
  }

  @Override
  public Schema.RecordOf schema() {
    return schema;
  }

  @Override
  public Resolution<T> resolve(Schema written) {
    return written.equals(schema)
        ? Resolution.same(this::deserialize)
        : new StructResolver<>(this).resolve(written);
  }

  /** Finds annotated defaults that do not fit, before a restore needs them. */
  void checkDefaults() {
    for (int i = 0; i < serializers.length; i++) {
      Member.Default.of(structure.members().get(i), serializers[i], structure);
    }
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
    Object[] values = structure.partsOf(value);
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] == null ? null : serializers[i].copy(values[i]);
    }
    return structure.create(values);
  }

  @Override
  public List<TypeSerializer<?>> parts() {
    return parts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StructSerializer<?> that
        && type == that.type
        && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + parts.hashCode();
  }

  @Override
  public String toString() {
    return schema.text();
  }

  private Object readResolve() {
    return new StructSerializer<>(parts, structureOf(type));
  }

  /** How the fields are gone through. Immutable. */
  interface Form<T> {
    void write(T value, DataOutput out) throws IOException;

    /** Throws what the class throws if it refuses the fields. */
    T read(DataInput in) throws IOException;
  }

  /** One field after the other; for what has no {@link RecordForm}. */
  record PartForm<T>(Structure<T> structure, TypeSerializer<Object>[] serializers, NullBits nulls)
      implements Form<T> {
    @Override
    public void write(T value, DataOutput out) throws IOException {
      Object[] values = structure.partsOf(value);
      nulls.write(values, out);
      for (int i = 0; i < values.length; i++) {
        if (values[i] != null) {
          serializers[i].serialize(values[i], out);
        }
      }
    }

    @Override
    public T read(DataInput in) throws IOException {
      byte[] bits = nulls.read(in);
      Object[] values = new Object[serializers.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = nulls.isNull(bits, i) ? null : serializers[i].deserialize(in);
      }
      return structure.create(values);
    }
  }
}
