package dev.weir.serde;

import static dev.weir.schema.Change.VALUES;

import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.schema.ValueReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.time.DateTimeException;

/** Writes values of one built-in, immutable type. One instance per type. */
final class ScalarSerializer<T> implements TypeSerializer<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final transient Schema.Basic schema;
  private final transient Writer<T> writer;
  private final transient ValueReader<T> reader;

  ScalarSerializer(Class<T> type, Schema.Basic schema, Writer<T> writer, ValueReader<T> reader) {
    this.type = type;
    this.schema = schema;
    this.writer = writer;
    this.reader = reader;
  }

  Class<T> type() {
    return type;
  }

  @Override
  public void serialize(T value, DataOutput out) throws IOException {
    writer.write(value, out);
  }

  @Override
  public T deserialize(DataInput in) throws IOException {
    try {
      return reader.read(in);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      StreamCorruptedException corrupted =
          new StreamCorruptedException("Expected a " + schema + ": " + e.getMessage());
      corrupted.initCause(e);
      throw corrupted;
    }
  }

  @Override
  public Schema.Basic schema() {
    return schema;
  }

  @Override
  public Resolution<T> resolve(Schema written) {
    return written == schema
        ? Resolution.same(this::deserialize)
        : Widening.between(written, schema)
            .<Resolution<T>>map(widened -> new Resolution.Resolved<>(VALUES, cast(widened)))
            .orElseGet(() -> Resolution.refused(written, schema, Widening.advice(schema)));
  }

  @SuppressWarnings("unchecked") // A widening gives values of the declared schema, which is T's.
  private ValueReader<T> cast(ValueReader<?> widened) {
    return (ValueReader<T>) widened;
  }

  @Override
  public boolean isImmutable() {
    return true;
  }

  @Override
  public T copy(T value) {
    return value;
  }

  @Override
  public String toString() {
    return schema.text();
  }

  private Object readResolve() {
    return Scalars.of(type).orElseThrow();
  }

  /** Writes one value. */
  @FunctionalInterface
  interface Writer<T> {
    void write(T value, DataOutput out) throws IOException;
  }
}
