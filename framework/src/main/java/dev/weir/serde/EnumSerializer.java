package dev.weir.serde;

import dev.weir.schema.Change;
import dev.weir.schema.Mismatch;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes enum constants by name, so that they may be reordered and new ones added. */
record EnumSerializer<E extends Enum<E>>(Class<E> type) implements TypeSerializer<E> {
  @Override
  public void serialize(E value, DataOutput out) throws IOException {
    StringEncoding.write(value.name(), out);
  }

  @Override
  public E deserialize(DataInput in) throws IOException {
    String name = StringEncoding.read(in);
    try {
      return constant(name);
    } catch (IllegalArgumentException e) {
      throw unknown(name, e);
    }
  }

  E constant(String name) {
    return Enum.valueOf(type, name);
  }

  private StreamCorruptedException unknown(String name, Exception cause) {
    StreamCorruptedException corrupted =
        new StreamCorruptedException(
            "Expected a constant of " + type.getName() + ", found '" + name + "'.");
    corrupted.initCause(cause);
    return corrupted;
  }

  @Override
  public Schema schema() {
    return new Schema.EnumOf(
        type.getSimpleName(), Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
  }

  @Override
  public Resolution<E> resolve(Schema written) {
    if (!(written instanceof Schema.EnumOf names)) {
      return Resolution.refused(written, schema(), "keep the enum");
    }
    Change change = written.equals(schema()) ? Change.NONE : Change.NAMES;
    List<Mismatch> mismatches = new ArrayList<>();
    Map<String, E> constants = new LinkedHashMap<>();
    for (String name : names.constants()) {
      Optional<E> found = successor(name);
      found.ifPresent(constant -> constants.put(name, constant));
      change =
          change.and(
              found.filter(c -> !c.name().equals(name)).isPresent() ? Change.VALUES : Change.NONE);
      if (found.isEmpty()) {
        mismatches.add(removed(name));
      }
    }
    return mismatches.isEmpty()
        ? new Resolution.Resolved<>(change, in -> read(constants, in))
        : new Resolution.Refused<>(mismatches);
  }

  /** The constant of that name, else the one that had it. */
  private Optional<E> successor(String name) {
    E former = null;
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(name)) {
        return Optional.of(each);
      }
      former = formerNames(each).contains(name) ? each : former;
    }
    return Optional.ofNullable(former);
  }

  private List<String> formerNames(E constant) {
    try {
      return Member.formerNames(type.getField(constant.name()));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("Every constant is a field", e);
    }
  }

  private Mismatch removed(String name) {
    return new Mismatch(
        "",
        "constant " + name,
        "absent from enum " + type.getSimpleName(),
        "keep the constant, or name its successor with @RenamedFrom(\"" + name + "\")");
  }

  private E read(Map<String, E> constants, DataInput in) throws IOException {
    String name = StringEncoding.read(in);
    E constant = constants.get(name);
    if (constant == null) {
      throw unknown(name, null);
    }
    return constant;
  }

  @Override
  public boolean isImmutable() {
    return true;
  }

  @Override
  public E copy(E value) {
    return value;
  }
}
