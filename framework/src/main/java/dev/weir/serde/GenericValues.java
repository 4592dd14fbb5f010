package dev.weir.serde;

import dev.weir.schema.Schema;
import dev.weir.schema.ValueReader;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads values of which only the schema is known, without the classes that they were written of.
 * Immutable and thread-safe.
 *
 * <table>
 *   <caption>What a schema gives</caption>
 *   <tr><td>basic types, arrays</td><td>the Java value, such as {@code Long}, {@code Instant}</td></tr>
 *   <tr><td>enum</td><td>the constant's name</td></tr>
 *   <tr><td>list, set</td><td>a {@code List}</td></tr>
 *   <tr><td>map</td><td>a {@code Map}, of any keys</td></tr>
 *   <tr><td>optional</td><td>the value or null</td></tr>
 *   <tr><td>record</td><td>a {@code Map} of its fields by name, in their order</td></tr>
 *   <tr><td>one of a union</td><td>the record, whose first entry is {@value #CASE}</td></tr>
 *   <tr><td>a serializer of one's own</td><td>its {@code byte[]}, if nothing follows it</td></tr>
 * </table>
 *
 * Where something follows the bytes of a serializer of one's own nobody knows where they end, so
 * the whole value is given as a {@code byte[]}.
 */
public final class GenericValues {
  /** The entry that tells which record of a union a value is. */
  public static final String CASE = "@case";

  private final Schema schema;
  private final Optional<ValueReader<?>> reader;

  private GenericValues(Schema schema) {
    this.schema = schema;
    this.reader = reader(schema, true);
  }

  /**
   * @param schema what the values were written as
   * @return reads them
   */
  public static GenericValues of(Schema schema) {
    return new GenericValues(schema);
  }

  /**
   * @param bytes all bytes of one value
   * @return the value; may be null where an optional is empty
   * @throws IOException if they are not the bytes of such a value
   */
  public Object decode(byte[] bytes) throws IOException {
    if (reader.isEmpty()) {
      return bytes.clone();
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Object value = reader.get().read(in);
    if (in.available() > 0) {
      throw new StreamCorruptedException(
          "Expected " + schema + ", found " + in.available() + " bytes behind it.");
    }
    return value;
  }

  /** Passes over values in the midst of others; empty where their end cannot be found. */
  static Optional<ValueReader<?>> skipping(Schema schema) {
    return reader(schema, false);
  }

  private static Optional<ValueReader<?>> reader(Schema schema, boolean isLast) {
    if (schema instanceof Schema.Basic || schema instanceof Schema.ArrayOf) {
      return ArraySerializer.of(schema).or(() -> Scalars.of(schema)).map(s -> s::deserialize);
    }
    if (schema instanceof Schema.ListOf list) {
      return reader(list.element(), false).map(GenericValues::list);
    }
    if (schema instanceof Schema.SetOf set) {
      return reader(set.element(), false).map(GenericValues::list);
    }
    if (schema instanceof Schema.MapOf map) {
      return reader(map.key(), false)
          .flatMap(keys -> reader(map.value(), false).map(values -> map(keys, values)));
    }
    if (schema instanceof Schema.OptionalOf optional) {
      return reader(optional.value(), isLast)
          .map(value -> in -> present(value, Containers.OptionalSerializer.readFlag(in), in));
    }
    if (schema instanceof Schema.EnumOf) {
      return Optional.of(StringEncoding::read);
    }
    if (schema instanceof Schema.RecordOf record) {
      return record(record, isLast, Map.of());
    }
    if (schema instanceof Schema.UnionOf union) {
      return union(union, isLast);
    }
    return isLast ? Optional.of(GenericValues::rest) : Optional.empty();
  }

  private static Object present(ValueReader<?> value, boolean isThere, DataInput in)
      throws IOException {
    return isThere ? value.read(in) : null;
  }

  private static ValueReader<?> list(ValueReader<?> element) {
    return in -> {
      List<Object> list = new ArrayList<>();
      for (int left = VarInt.read(in); left > 0; left--) {
        list.add(element.read(in));
      }
      return Collections.unmodifiableList(list);
    };
  }

  private static ValueReader<?> map(ValueReader<?> keys, ValueReader<?> values) {
    return in -> {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int left = VarInt.read(in); left > 0; left--) {
        Object key = keys.read(in);
        map.put(key, values.read(in));
      }
      return Collections.unmodifiableMap(map);
    };
  }

  private static Optional<ValueReader<?>> record(
      Schema.RecordOf record, boolean isLast, Map<String, Object> first) {
    List<Schema.Field> fields = record.fields();
    List<ValueReader<?>> readers = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      reader(fields.get(i).schema(), isLast && i == fields.size() - 1).ifPresent(readers::add);
    }
    if (readers.size() < fields.size()) {
      return Optional.empty();
    }
    NullBits nulls = NullBits.of(record);
    return Optional.of(
        in -> {
          byte[] bits = nulls.read(in);
          Map<String, Object> values = new LinkedHashMap<>(first);
          for (int i = 0; i < fields.size(); i++) {
            boolean isThere = !nulls.isNull(bits, i);
            values.put(fields.get(i).name(), present(readers.get(i), isThere, in));
          }
          return Collections.unmodifiableMap(values);
        });
  }

  private static Optional<ValueReader<?>> union(Schema.UnionOf union, boolean isLast) {
    Map<String, ValueReader<?>> cases = new LinkedHashMap<>();
    for (Schema.RecordOf each : union.cases()) {
      record(each, isLast, Map.of(CASE, each.name()))
          .ifPresent(reader -> cases.put(each.name(), reader));
    }
    return cases.size() < union.cases().size()
        ? Optional.empty()
        : Optional.of(in -> UnionSerializer.caseOf(cases, union, in).read(in));
  }

  /** Whoever comes last reaches to the end. */
  private static Object rest(DataInput in) throws IOException {
    return ((InputStream) in).readAllBytes();
  }
}
