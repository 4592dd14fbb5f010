package dev.weir.serde;

import dev.weir.schema.Change;
import dev.weir.schema.Mismatch;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.schema.ValueReader;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Fits the fields of a written record to those of a class, by name. Fields that the class lacks are
 * passed over, those that were not written get their default. One use, one thread; what it gives is
 * immutable.
 */
final class StructResolver<T> {
  private static final int NOWHERE = -1;

  private final StructSerializer<T> serializer;
  private final List<Member> members;
  private final List<Mismatch> mismatches = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final Member.Default[] defaults;
  private final boolean[] isWritten;
  private Change change = Change.NAMES;

  StructResolver(StructSerializer<T> serializer) {
    this.serializer = serializer;
    this.members = serializer.structure().members();
    this.isWritten = new boolean[members.size()];
    this.defaults = new Member.Default[members.size()];
    for (int i = 0; i < defaults.length; i++) {
      defaults[i] =
          Member.Default.of(members.get(i), serializer.parts().get(i), serializer.structure());
    }
  }

  Resolution<T> resolve(Schema written) {
    if (!(written instanceof Schema.RecordOf record)) {
      return Resolution.refused(
          written, serializer.schema(), "keep the type, or add the new one under another name");
    }
    for (int i = 0; i < record.fields().size(); i++) {
      resolveField(i, record);
    }
    for (boolean each : isWritten) {
      change = each ? change : change.and(Change.VALUES);
    }
    return mismatches.isEmpty()
        ? new Resolution.Resolved<>(
            change, new Reader<>(serializer, NullBits.of(record), List.copyOf(slots), defaults))
        : new Resolution.Refused<>(mismatches);
  }

  private void resolveField(int place, Schema.RecordOf record) {
    Schema.Field field = record.fields().get(place);
    int target = memberOf(field.name(), record);
    if (target == NOWHERE) {
      skip(field);
      return;
    }
    isWritten[target] = true;
    boolean isMoved = target != place || members.get(target).isNullable() != field.isNullable();
    change = change.and(isMoved ? Change.VALUES : Change.NAMES);
    fit(target, field);
  }

  private int memberOf(String name, Schema.RecordOf record) {
    int former = NOWHERE;
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      if (member.name().equals(name)) {
        return i;
      }
      boolean isFree = !isWritten[i] && !hasField(record, member.name());
      former = isFree && member.formerNames().contains(name) ? i : former;
    }
    return former;
  }

  private static boolean hasField(Schema.RecordOf record, String name) {
    return record.fields().stream().anyMatch(field -> field.name().equals(name));
  }

  private void skip(Schema.Field field) {
    change = Change.LOSS;
    Optional<ValueReader<?>> reader = GenericValues.skipping(field.schema());
    if (reader.isPresent()) {
      slots.add(new Slot(NOWHERE, reader.get(), () -> null));
    } else {
      mismatches.add(
          new Mismatch(
              field.name(),
              field.schema().text(),
              "absent",
              "only its own serializer can pass over it, so keep the field"));
    }
  }

  private void fit(int target, Schema.Field field) {
    TypeSerializer<?> part = serializer.parts().get(target);
    boolean isOptional = part instanceof Containers.OptionalSerializer;
    Supplier<Object> ofNull = defaults[target]::ofNull;
    Resolution<?> resolution;
    if (field.schema() instanceof Schema.OptionalOf optional) {
      ofNull = isOptional ? () -> null : ofNull;
      resolution =
          isOptional ? part.resolve(optional) : unwrapped(part.resolve(optional.value()), ofNull);
    } else {
      resolution = part.resolve(field.schema());
      boolean losesNull = field.isNullable() && ofNull.get() != null;
      change = change.and(losesNull ? Change.LOSS : Change.NONE);
    }
    if (resolution instanceof Resolution.Resolved<?> resolved) {
      change = change.and(resolved.change());
      slots.add(new Slot(target, resolved.reader(), ofNull));
    }
    mismatches.addAll(resolution.at(field.name()).mismatches());
  }

  /** Where an optional becomes a plain field, what is empty becomes what null becomes. */
  private static Resolution<?> unwrapped(Resolution<?> value, Supplier<Object> ofEmpty) {
    return value.map(
        Change.LOSS,
        reader ->
            in ->
                Containers.OptionalSerializer.readFlag(in) ? objectOf(reader, in) : ofEmpty.get());
  }

  private static Object objectOf(ValueReader<?> reader, DataInput in) throws IOException {
    return reader.read(in);
  }

  /** Where a written field goes, if anywhere. */
  private record Slot(int target, ValueReader<?> reader, Supplier<Object> ofNull) {}

  /** Reads a record as it was written into the fields of now. */
  private record Reader<T>(
      StructSerializer<T> serializer, NullBits nulls, List<Slot> slots, Member.Default[] defaults)
      implements ValueReader<T> {
    @Override
    public T read(DataInput in) throws IOException {
      byte[] bits = nulls.read(in);
      Object[] values = new Object[defaults.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = defaults[i].ofAbsent();
      }
      for (int i = 0; i < slots.size(); i++) {
        Slot slot = slots.get(i);
        Object value = nulls.isNull(bits, i) ? slot.ofNull.get() : slot.reader.read(in);
        if (slot.target != NOWHERE) {
          values[slot.target] = value;
        }
      }
      return serializer.create(values);
    }
  }
}
