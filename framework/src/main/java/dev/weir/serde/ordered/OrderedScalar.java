package dev.weir.serde.ordered;

import dev.weir.schema.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.time.DateTimeException;

/** Writes values of one immutable type in a fixed number of bytes. One instance per type. */
final class OrderedScalar<T> implements OrderedSerializer<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final transient Schema schema;
  private final transient Writer<T> writer;
  private final transient Reader<T> reader;

  OrderedScalar(Class<T> type, Schema schema, Writer<T> writer, Reader<T> reader) {
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
          new StreamCorruptedException("Expected an " + schema + ": " + e.getMessage());
      corrupted.initCause(e);
      throw corrupted;
    }
  }

  @Override
  public Schema schema() {
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
    return schema.text();
  }

  private Object readResolve() {
    return OrderedScalars.of(type).orElseThrow();
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
