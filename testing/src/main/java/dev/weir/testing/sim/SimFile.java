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

  void force() {
    durable = bytes.size();
  }

  /** After a force that failed nobody knows; here they are gone. */
  void dropUnforced() {
    replace(Arrays.copyOf(bytes(), durable));
  }

  /** Of what is not durable, a part is there, with holes. */
  void powerFails(Random random) {
    int kept = durable + random.nextInt(bytes.size() - durable + 1);
    byte[] left = Arrays.copyOf(bytes(), kept);
    for (int from = durable; from < kept; from += BLOCK) {
      if (random.nextInt(4) == 0) {
        Arrays.fill(left, from, Math.min(kept, from + BLOCK), (byte) 0);
      }
    }
    replace(left);
    durable = kept;
  }

  private void replace(byte[] other) {
    bytes = new ByteArrayOutputStream();
    bytes.writeBytes(other);
  }
}
