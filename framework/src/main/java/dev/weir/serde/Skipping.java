package dev.weir.serde;

import dev.weir.schema.Schema;
import dev.weir.schema.ValueReader;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Passes over values of which only the schema is known. Gives null. Pure. */
final class Skipping {
  private Skipping() {}

  /** Empty where a serializer of one's own is needed. */
  static Optional<ValueReader<?>> of(Schema schema) {
    if (schema instanceof Schema.Basic || schema instanceof Schema.ArrayOf) {
      return ArraySerializer.of(schema).or(() -> Scalars.of(schema)).map(s -> s::deserialize);
    }
    if (schema instanceof Schema.ListOf list) {
      return of(list.element()).map(Skipping::all);
    }
    if (schema instanceof Schema.SetOf set) {
      return of(set.element()).map(Skipping::all);
    }
    if (schema instanceof Schema.MapOf map) {
      return both(of(map.key()), of(map.value())).map(Skipping::all);
    }
    if (schema instanceof Schema.OptionalOf optional) {
      return of(optional.value())
          .map(value -> in -> skip(value, Containers.OptionalSerializer.readFlag(in), in));
    }
    if (schema instanceof Schema.EnumOf) {
      return Optional.of(StringEncoding::read);
    }
    if (schema instanceof Schema.RecordOf record) {
      return ofRecord(record);
    }
    return schema instanceof Schema.UnionOf union ? ofUnion(union) : Optional.empty();
  }

  private static Object skip(ValueReader<?> value, boolean isThere, DataInput in)
      throws IOException {
    return isThere ? value.read(in) : null;
  }

  private static ValueReader<?> all(ValueReader<?> element) {
    return in -> {
      int size = VarInt.read(in);
      for (int i = 0; i < size; i++) {
        element.read(in);
      }
      return null;
    };
  }

  private static Optional<ValueReader<?>> both(
      Optional<ValueReader<?>> first, Optional<ValueReader<?>> second) {
    return first.flatMap(
        one ->
            second.map(
                other ->
                    in -> {
                      one.read(in);
                      return other.read(in);
                    }));
  }

  private static Optional<ValueReader<?>> ofRecord(Schema.RecordOf record) {
    List<ValueReader<?>> fields = new ArrayList<>();
    for (Schema.Field field : record.fields()) {
      of(field.schema()).ifPresent(fields::add);
    }
    NullBits nulls = NullBits.of(record);
    return fields.size() < record.fields().size()
        ? Optional.empty()
        : Optional.of(in -> skip(fields, nulls, in));
  }

  private static Object skip(List<ValueReader<?>> fields, NullBits nulls, DataInput in)
      throws IOException {
    byte[] bits = nulls.read(in);
    for (int i = 0; i < fields.size(); i++) {
      skip(fields.get(i), !nulls.isNull(bits, i), in);
    }
    return null;
  }

  private static Optional<ValueReader<?>> ofUnion(Schema.UnionOf union) {
    Map<String, ValueReader<?>> cases = new LinkedHashMap<>();
    for (Schema.RecordOf each : union.cases()) {
      of(each).ifPresent(reader -> cases.put(each.name(), reader));
    }
    return cases.size() < union.cases().size()
        ? Optional.empty()
        : Optional.of(in -> UnionSerializer.caseOf(cases, union, in).read(in));
  }
}
