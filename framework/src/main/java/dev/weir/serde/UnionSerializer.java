package dev.weir.serde;

import dev.weir.schema.Change;
import dev.weir.schema.Mismatch;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.schema.ValueReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the records of a sealed interface: the simple name of the record, then the record. */
record UnionSerializer<T>(Class<T> type, List<StructSerializer<? extends T>> cases)
    implements TypeSerializer<T>, KeyRule.Composite {
  UnionSerializer {
    cases = List.copyOf(cases);
  }

  @Override
  public void serialize(T value, DataOutput out) throws IOException {
    for (StructSerializer<? extends T> each : cases) {
      if (each.structure().type() == value.getClass()) {
        StringEncoding.write(each.schema().name(), out);
        write(each, value, out);
        return;
      }
    }
    throw new IllegalArgumentException(
        "Expected a record of "
            + type.getName()
            + ", found a "
            + value.getClass().getName()
            + ". Seal the interface and permit records only.");
  }

  private static <C> void write(StructSerializer<C> serializer, Object value, DataOutput out)
      throws IOException {
    serializer.serialize(serializer.structure().type().cast(value), out);
  }

  @Override
  public T deserialize(DataInput in) throws IOException {
    String name = StringEncoding.read(in);
    for (StructSerializer<? extends T> each : cases) {
      if (each.schema().name().equals(name)) {
        return each.deserialize(in);
      }
    }
    throw unknown(name, schema());
  }

  /** Reads the name of a case and finds what reads the rest. */
  static <R> ValueReader<? extends R> caseOf(
      Map<String, ? extends ValueReader<? extends R>> cases, Schema schema, DataInput in)
      throws IOException {
    String name = StringEncoding.read(in);
    ValueReader<? extends R> found = cases.get(name);
    if (found == null) {
      throw unknown(name, schema);
    }
    return found;
  }

  private static StreamCorruptedException unknown(String name, Schema schema) {
    return new StreamCorruptedException(
        "Expected the name of a record of " + schema + ", found '" + name + "'.");
  }

  @Override
  public Schema.UnionOf schema() {
    return new Schema.UnionOf(
        type.getSimpleName(), cases.stream().map(StructSerializer::schema).toList());
  }

  @Override
  public Resolution<T> resolve(Schema written) {
    if (!(written instanceof Schema.UnionOf union)) {
      return Resolution.refused(written, schema(), "keep the sealed interface");
    }
    Change change = Change.NONE;
    List<Mismatch> mismatches = new ArrayList<>();
    Map<String, ValueReader<? extends T>> readers = new LinkedHashMap<>();
    for (Schema.RecordOf each : union.cases()) {
      Resolution<? extends T> resolution = resolveCase(each);
      if (resolution instanceof Resolution.Resolved<? extends T> readable) {
        change = change.and(readable.change());
        readers.put(each.name(), readable.reader());
      }
      mismatches.addAll(resolution.mismatches());
    }
    change = change.and(union.equals(schema()) ? Change.NONE : Change.NAMES);
    return mismatches.isEmpty()
        ? new Resolution.Resolved<>(change, in -> caseOf(readers, union, in).read(in))
        : new Resolution.Refused<>(mismatches);
  }

  private Resolution<? extends T> resolveCase(Schema.RecordOf written) {
    for (StructSerializer<? extends T> each : cases) {
      if (each.schema().name().equals(written.name())) {
        return each.resolve(written).at(written.name());
      }
    }
    for (StructSerializer<? extends T> each : cases) {
      if (Member.formerNames(each.structure().type()).contains(written.name())) {
        return renamed(each, written);
      }
    }
    return new Resolution.Refused<>(
        List.of(
            new Mismatch(
                written.name(),
                written.text(),
                "absent",
                "keep the record, or name its successor with @RenamedFrom")));
  }

  private static <C> Resolution<C> renamed(StructSerializer<C> to, Schema.RecordOf written) {
    return to.resolve(written).at(written.name()).map(Change.VALUES, reader -> reader);
  }

  @Override
  public boolean isImmutable() {
    return cases.stream().allMatch(TypeSerializer::isImmutable);
  }

  @Override
  public T copy(T value) {
    for (StructSerializer<? extends T> each : cases) {
      if (each.structure().type() == value.getClass()) {
        return copied(each, value);
      }
    }
    return value;
  }

  private static <C> C copied(StructSerializer<C> serializer, Object value) {
    return serializer.copy(serializer.structure().type().cast(value));
  }

  @Override
  public List<TypeSerializer<?>> parts() {
    return List.copyOf(cases);
  }
}
