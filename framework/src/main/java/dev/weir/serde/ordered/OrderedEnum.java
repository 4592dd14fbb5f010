package dev.weir.serde.ordered;

import dev.weir.schema.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;

/** Writes enum constants by name, in whose order they are. */
record OrderedEnum<E extends Enum<E>>(Class<E> type) implements OrderedSerializer<E> {
  @Override
  public void serialize(E value, DataOutput out) throws IOException {
    OrderedText.INSTANCE.serialize(value.name(), out);
  }

  @Override
  public E deserialize(DataInput in) throws IOException {
    String name = OrderedText.INSTANCE.deserialize(in);
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
  public Schema schema() {
    return OrderedSerializer.schemaOf("enum " + type.getSimpleName());
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
