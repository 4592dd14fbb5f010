package dev.weir.serde;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes byte arrays. For values only: arrays are not equal when their bytes are. */
record BytesSerializer() implements TypeSerializer<byte[]> {
  static final BytesSerializer INSTANCE = new BytesSerializer();

  @Override
  public void serialize(byte[] value, DataOutput out) throws IOException {
    VarInt.writeBytes(value, out);
  }

  @Override
  public byte[] deserialize(DataInput in) throws IOException {
    return VarInt.readBytes(in);
  }

  @Override
  public String schema() {
    return "bytes";
  }

  @Override
  public byte[] copy(byte[] value) {
    return value.clone();
  }
}
