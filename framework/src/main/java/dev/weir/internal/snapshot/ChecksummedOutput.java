package dev.weir.internal.snapshot;

import dev.weir.connector.SnapshotStore.Upload;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/** Buffers what is written to an object, and computes its length and checksum. One thread. */
final class ChecksummedOutput extends OutputStream {
  private static final int BUFFER = 1 << 16;

  private final Upload upload;
  private final CRC32C crc = new CRC32C();
  private final byte[] buffer = new byte[BUFFER];
  private int buffered;
  private long length;

  ChecksummedOutput(Upload upload) {
    this.upload = upload;
  }

  /** Number of bytes written. */
  long length() {
    return length + buffered;
  }

  /** CRC-32C of all bytes flushed. */
  int crc32c() {
    return (int) crc.getValue();
  }

  @Override
  public void write(int value) throws IOException {
    if (buffered == BUFFER) {
      flush();
    }
    buffer[buffered++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (count > BUFFER - buffered) {
      flush();
    }
    if (count > BUFFER) {
      pass(bytes, offset, count);
    } else {
      System.arraycopy(bytes, offset, buffer, buffered, count);
      buffered += count;
    }
  }

  @Override
  public void flush() throws IOException {
    int count = buffered;
    buffered = 0;
    if (count > 0) {
      pass(buffer, 0, count);
    }
  }

  private void pass(byte[] bytes, int offset, int count) throws IOException {
    crc.update(bytes, offset, count);
    length += count;
    upload.write(bytes, offset, count);
  }

  /** Makes everything durable under its name. */
  void complete() throws IOException {
    flush();
    upload.complete();
  }

  @Override
  public void close() throws IOException {
    upload.close();
  }
}
