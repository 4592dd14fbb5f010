package dev.weir.connectors.json;

import dev.weir.schema.Change;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** Writes values to state: a length and JSON in UTF-8. Thread-safe. */
record JsonStateSerializer<T>(Class<T> type, ObjectReader reader, ObjectWriter writer)
    implements TypeSerializer<T> {
  private static final String NAME = "json";
  private static final TypeSerializer<byte[]> BYTES = TypeSerializers.of(byte[].class);

  @Override
  public void serialize(T value, DataOutput out) throws IOException {
    BYTES.serialize(writer.writeValueAsBytes(value), out);
  }

  @Override
  public T deserialize(DataInput in) throws IOException {
    return read(BYTES.deserialize(in));
  }

  private T read(byte[] json) throws IOException {
    try {
      T value = reader.readValue(json);
      if (value == null) {
        throw new StreamCorruptedException("Expected a " + type.getName() + ", found null.");
      }
      return value;
    } catch (JacksonException e) {
      StreamCorruptedException corrupted =
          new StreamCorruptedException(
              "Expected JSON of a " + type.getName() + ": " + e.getOriginalMessage());
      corrupted.initCause(e);
      throw corrupted;
    }
  }

  @Override
  public Schema schema() {
    return new Schema.Custom(NAME, type.getName());
  }

  /** JSON describes itself: whatever was written, Jackson takes the properties that it knows. */
  @Override
  public Resolution<T> resolve(Schema written) {
    if (written.equals(schema())) {
      return Resolution.same(this::deserialize);
    }
    return written instanceof Schema.Custom custom && custom.name().equals(NAME)
        ? new Resolution.Resolved<>(Change.LOSS, this::deserialize)
        : Resolution.refused(written, schema(), "keep JSON, or give the state a new name");
  }

  @Override
  public T copy(T value) {
    try {
      return read(writer.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException("A " + type.getName() + " cannot be copied", e);
    }
  }
}
