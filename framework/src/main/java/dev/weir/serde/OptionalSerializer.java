package dev.weir.serde;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Writes optionals: a byte that says whether a value follows. */
record OptionalSerializer<T>(TypeSerializer<T> value)
    implements TypeSerializer<Optional<T>>, Composite {
  @Override
  public void serialize(Optional<T> optional, DataOutput out) throws IOException {
    out.writeBoolean(optional.isPresent());
    if (optional.isPresent()) {
      value.serialize(optional.get(), out);
    }
  }

  @Override
  public Optional<T> deserialize(DataInput in) throws IOException {
    return in.readBoolean() ? Optional.of(value.deserialize(in)) : Optional.empty();
  }

  @Override
  public String schema() {
    return "optional<" + value.schema() + ">";
  }

  @Override
  public boolean isImmutable() {
    return value.isImmutable();
  }

  @Override
  public Optional<T> copy(Optional<T> optional) {
    return isImmutable() ? optional : optional.map(value::copy);
  }

  @Override
  public List<TypeSerializer<?>> parts() {
    return List.of(value);
  }
}
