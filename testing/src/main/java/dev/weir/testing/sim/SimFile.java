package dev.weir.testing.sim;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** A file's bytes, and how many of them are durable; or a directory, which has none. */
final class SimFile {
  private static final int BLOCK = 512;

  private final boolean isDirectory;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int durable;
  private byte[] beforeOverwriting = {};

  private SimFile(boolean isDirectory) {
    this.isDirectory = isDirectory;
  }

  static SimFile directory() {
    return new SimFile(true);
  }

  static SimFile empty() {
    return new SimFile(false);
  }

  boolean isDirectory() {
    return isDirectory;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  int length() {
    return bytes.size();
  }

  void write(byte[] source, int offset, int length) {
    bytes.write(source, offset, length);
  }

  void overwrite(long position, byte[] other) {
    byte[] now = bytes();
    if (beforeOverwriting.length == 0) {
      beforeOverwriting = now.clone();
    }
    System.arraycopy(other, 0, now, (int) position, other.length);
    replace(now);
  }

  void force() {
    durable = bytes.size();
    beforeOverwriting = new byte[0];
  }

  /** After a force that failed nobody knows; here they are gone. */
  void dropUnforced() {
    byte[] left = Arrays.copyOf(bytes(), durable);
    System.arraycopy(beforeOverwriting, 0, left, 0, Math.min(beforeOverwriting.length, durable));
    replace(left);
    beforeOverwriting = new byte[0];
  }

  /** Of what is not durable, a part is there, with holes; of what was overwritten, some blocks. */
  void powerFails(Random random) {
    int kept = durable + random.nextInt(bytes.size() - durable + 1);
    byte[] left = Arrays.copyOf(bytes(), kept);
    for (int from = durable; from < kept; from += BLOCK) {
      if (random.nextInt(4) == 0) {
        Arrays.fill(left, from, Math.min(kept, from + BLOCK), (byte) 0);
      }
    }
    for (int from = 0; from < Math.min(durable, beforeOverwriting.length); from += BLOCK) {
      int to = Math.min(durable, from + BLOCK);
      if (!Arrays.equals(left, from, to, beforeOverwriting, from, to) && random.nextBoolean()) {
        System.arraycopy(beforeOverwriting, from, left, from, to - from);
      }
    }
    replace(left);
    durable = kept;
    beforeOverwriting = new byte[0];
  }

  private void replace(byte[] other) {
    bytes = new ByteArrayOutputStream();
    bytes.writeBytes(other);
  }
}
