package dev.weir.internal.base;

import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes, big-endian, to be used again and again. Confined to one thread. */
public final class ByteOutput extends OutputStream implements DataOutput {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private byte[] bytes;
  private int length;

  /** An empty output with room for some bytes. */
  public ByteOutput(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** The bytes behind it, valid up to {@link #length()} and until the next write. */
  public byte[] array() {
    return bytes;
  }

  /** Number of bytes written. */
  public int length() {
    return length;
  }

  /** Forgets all bytes behind this length. */
  public void truncate(int newLength) {
    if (newLength > length) { // Not by Checks, which would make an array of two objects per row.
      throw new IllegalArgumentException("Cannot truncate " + length + " bytes to " + newLength);
    }
    length = newLength;
  }

  /** A copy of the bytes written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public void write(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  @Override
  public void write(byte[] source) {
    write(source, 0, source.length);
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    room(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  @Override
  public void writeBoolean(boolean value) {
    write(value ? 1 : 0);
  }

  @Override
  public void writeByte(int value) {
    write(value);
  }

  @Override
  public void writeShort(int value) {
    room(Short.BYTES);
    SHORTS.set(bytes, length, (short) value);
    length += Short.BYTES;
  }

  @Override
  public void writeChar(int value) {
    writeShort(value);
  }

  @Override
  public void writeInt(int value) {
    room(Integer.BYTES);
    INTS.set(bytes, length, value);
    length += Integer.BYTES;
  }

  @Override
  public void writeLong(long value) {
    room(Long.BYTES);
    LONGS.set(bytes, length, value);
    length += Long.BYTES;
  }

  @Override
  public void writeFloat(float value) {
    writeInt(Float.floatToIntBits(value));
  }

  @Override
  public void writeDouble(double value) {
    writeLong(Double.doubleToLongBits(value));
  }

  @Override
  public void writeBytes(String value) throws IOException {
    new DataOutputStream(this).writeBytes(value);
  }

  @Override
  public void writeChars(String value) throws IOException {
    new DataOutputStream(this).writeChars(value);
  }

  @Override
  public void writeUTF(String value) throws IOException {
    new DataOutputStream(this).writeUTF(value);
  }

  private void room(int count) {
    if (bytes.length - length < count) {
      grow((long) length + count);
    }
  }

  private void grow(long needed) {
    Checks.state(needed <= LARGEST, "A row of %s bytes does not fit into an array", needed);
    bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(needed, 2L * bytes.length)));
  }
}
