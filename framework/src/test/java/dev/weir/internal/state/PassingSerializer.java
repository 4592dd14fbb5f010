package dev.weir.internal.state;

import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes and reads as another does, and passes a point of an {@link Interleaving} each time. */
record PassingSerializer<T>(TypeSerializer<T> serializer) implements TypeSerializer<T> {
  @Override
  public void serialize(T value, DataOutput out) throws IOException {
    Interleaving.point();
    serializer.serialize(value, out);
  }

  @Override
  public T deserialize(DataInput in) throws IOException {
    Interleaving.point();
    return serializer.deserialize(in);
  }

  @Override
  public Schema schema() {
    return serializer.schema();
  }

  @Override
  public Resolution<T> resolve(Schema written) {
    return serializer.resolve(written);
  }

  @Override
  public boolean isImmutable() {
    return serializer.isImmutable();
  }

  @Override
  public T copy(T value) {
    return serializer.copy(value);
  }
}
