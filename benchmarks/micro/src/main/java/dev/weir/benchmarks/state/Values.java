package dev.weir.benchmarks.state;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Values that do not compress, cheaply: pieces of a long text. Confined to one thread. */
final class Values {
  private static final int BYTES = 100;
  private static final int LENGTH = 1 << 20;

  private final byte[] text = new byte[LENGTH + BYTES];
  private final Random random;

  Values(Random random) {
    this.random = random;
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) (' ' + random.nextInt(90));
    }
  }

  String next() {
    return new String(text, random.nextInt(LENGTH), BYTES, StandardCharsets.ISO_8859_1);
  }
}
