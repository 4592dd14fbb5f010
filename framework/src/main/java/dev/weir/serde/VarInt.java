package dev.weir.serde;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;

/** Lengths: seven bits a byte, lowest first, the top bit says that more follow. Stateless. */
final class VarInt {
  private static final int TRUSTED = 1 << 16;

  private VarInt() {}

  static void write(int value, DataOutput out) throws IOException {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      out.writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  static int read(DataInput in) throws IOException {
    int value = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      byte next = in.readByte();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return checked(value);
      }
    }
    throw new StreamCorruptedException("Expected a length of at most 5 bytes, found more.");
  }

  static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    write(bytes.length, out);
    out.write(bytes);
  }

  static byte[] readBytes(DataInput in) throws IOException {
    return readBytes(read(in), in);
  }

  /** Reads in growing pieces, so that a damaged length meets the end before it takes the memory. */
  static byte[] readBytes(int length, DataInput in) throws IOException {
    byte[] bytes = new byte[Math.min(length, TRUSTED)];
    in.readFully(bytes);
    while (bytes.length < length) {
      int read = bytes.length;
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
      in.readFully(bytes, read, bytes.length - read);
    }
    return bytes;
  }

  private static int checked(int length) throws StreamCorruptedException {
    if (length < 0) {
      throw new StreamCorruptedException("Expected a length, found " + length + ".");
    }
    return length;
  }
}
