package dev.weir.serde.ordered;

import dev.weir.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;

/**
 * Writes bytes as they are, with an end that comes before all that can follow.
 *
 * <pre>
 *   byte (0 is written as 0 1) ...   0 0
 * </pre>
 */
record OrderedBytes() implements OrderedSerializer<byte[]> {
  static final OrderedBytes INSTANCE = new OrderedBytes();

  @Override
  public void serialize(byte[] value, DataOutput out) throws IOException {
    serializePrefix(value, out);
    out.writeShort(0);
  }

  @Override
  public void serializePrefix(byte[] value, DataOutput out) throws IOException {
    for (byte each : value) {
      out.writeByte(each);
      if (each == 0) {
        out.writeByte(1);
      }
    }
  }

  @Override
  public byte[] deserialize(DataInput in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte next = in.readByte(); next != 0 || isZeroAndNoEnd(in); next = in.readByte()) {
      bytes.write(next);
    }
    return bytes.toByteArray();
  }

  private static boolean isZeroAndNoEnd(DataInput in) throws IOException {
    byte kind = in.readByte();
    if (kind != 0 && kind != 1) {
      throw new StreamCorruptedException("Expected 0 or 1 behind a 0, found " + kind + ".");
    }
    return kind == 1;
  }

  @Override
  public Schema schema() {
    return OrderedSerializer.schemaOf("bytes");
  }

  @Override
  public byte[] copy(byte[] value) {
    return value.clone();
  }
}
