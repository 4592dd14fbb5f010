package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schema.ValueReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Values to bytes and back. */
final class Bytes {
  private Bytes() {}

  static <T> byte[] of(TypeSerializer<T> serializer, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    serializer.serialize(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /** The value that the bytes are, to the last. */
  static <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
    return read((ValueReader<T>) serializer::deserialize, bytes);
  }

  /** The value that the bytes are, to the last. */
  static <T> T read(ValueReader<T> reader, byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    T value = reader.read(in);
    assertThat(in.read()).as("byte behind the value").isEqualTo(-1);
    return value;
  }
}
