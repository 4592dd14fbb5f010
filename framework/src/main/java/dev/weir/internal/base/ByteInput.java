package dev.weir.internal.base;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads from an array, big-endian, to be used again and again. Confined to one thread. */
public final class ByteInput extends InputStream implements DataInput {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[0];
  private int position;
  private int end;

  /** Begins to read these bytes; the array is not copied. */
  public ByteInput wrap(byte[] source, int offset, int count) {
    if (bytes != source) { // Mostly the same, and writing a reference may cost a memory barrier.
      bytes = source;
    }
    position = offset;
    end = offset + count;
    return this;
  }

  /** Number of bytes left. */
  public int remaining() {
    return end - position;
  }

  @Override
  public int available() {
    return remaining();
  }

  @Override
  public int read() {
    return position == end ? -1 : bytes[position++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) {
    if (position == end) {
      return count == 0 ? 0 : -1;
    }
    int some = Math.min(count, remaining());
    System.arraycopy(bytes, position, target, offset, some);
    position += some;
    return some;
  }

  @Override
  public void readFully(byte[] target) throws EOFException {
    readFully(target, 0, target.length);
  }

  @Override
  public void readFully(byte[] target, int offset, int count) throws EOFException {
    System.arraycopy(bytes, take(count), target, offset, count);
  }

  @Override
  public int skipBytes(int count) {
    int some = Math.max(0, Math.min(count, remaining()));
    position += some;
    return some;
  }

  @Override
  public boolean readBoolean() throws EOFException {
    return readByte() != 0;
  }

  @Override
  public byte readByte() throws EOFException {
    return bytes[take(1)];
  }

  @Override
  public int readUnsignedByte() throws EOFException {
    return readByte() & 0xFF;
  }

  @Override
  public short readShort() throws EOFException {
    return (short) SHORTS.get(bytes, take(Short.BYTES));
  }

  @Override
  public int readUnsignedShort() throws EOFException {
    return readShort() & 0xFFFF;
  }

  @Override
  public char readChar() throws EOFException {
    return (char) readShort();
  }

  @Override
  public int readInt() throws EOFException {
    return (int) INTS.get(bytes, take(Integer.BYTES));
  }

  @Override
  public long readLong() throws EOFException {
    return (long) LONGS.get(bytes, take(Long.BYTES));
  }

  @Override
  public float readFloat() throws EOFException {
    return Float.intBitsToFloat(readInt());
  }

  @Override
  public double readDouble() throws EOFException {
    return Double.longBitsToDouble(readLong());
  }

  @Override
  @Deprecated
  public String readLine() throws IOException {
    throw new UnsupportedOperationException("Lines are not part of any format of Weir");
  }

  @Override
  public String readUTF() throws IOException {
    return DataInputStream.readUTF(this);
  }

  private int take(int count) throws EOFException {
    if (remaining() < count) {
      throw new EOFException(
          "Expected " + count + " more bytes, found " + remaining() + ". The bytes end early.");
    }
    int start = position;
    position += count;
    return start;
  }
}
