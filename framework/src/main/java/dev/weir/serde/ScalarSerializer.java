package dev.weir.serde;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.time.DateTimeException;

/** Writes values of one built-in, immutable type. One instance per type. */
final class ScalarSerializer<T> implements TypeSerializer<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final transient String schema;
  private final transient Writer<T> writer;
  private final transient Reader<T> reader;

  ScalarSerializer(Class<T> type, String schema, Writer<T> writer, Reader<T> reader) {
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
  public String schema() {
    return schema;
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
    return schema;
  }

  private Object readResolve() {
    return Scalars.of(type).orElseThrow();
  }

  /** Writes one value. */
  @FunctionalInterface
  interface Writer<T> {
    void write(T value, DataOutput out) throws IOException;
  }

  /** Reads one value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(DataInput in) throws IOException;
  }
}
