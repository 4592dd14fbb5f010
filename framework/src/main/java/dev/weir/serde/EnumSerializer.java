package dev.weir.serde;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;

/** Writes enum constants by name, so that they may be reordered and new ones added. */
record EnumSerializer<E extends Enum<E>>(Class<E> type) implements TypeSerializer<E> {
  @Override
  public void serialize(E value, DataOutput out) throws IOException {
    StringEncoding.write(value.name(), out);
  }

  @Override
  public E deserialize(DataInput in) throws IOException {
    String name = StringEncoding.read(in);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new StreamCorruptedException(
        "Expected a constant of "
            + type.getName()
            + ", found '"
            + name
            + "'. Keep constants that were ever written to state.");
  }

  @Override
  public String schema() {
    return "enum " + type.getSimpleName();
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
