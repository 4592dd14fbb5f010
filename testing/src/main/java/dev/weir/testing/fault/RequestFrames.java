package dev.weir.testing.fault;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows the requests in the bytes that a Kafka client sends: the length of each in four bytes,
 * then its API key in two. Confined to one thread.
 */
final class RequestFrames {
  private static final int LENGTH_BYTES = 4;

  private final ByteBuffer head = ByteBuffer.allocate(LENGTH_BYTES + Short.BYTES);
  private long left;

  /** The API keys of the requests whose heads end in these bytes, the next ones of the stream. */
  List<Short> keysIn(byte[] bytes) {
    List<Short> keys = new ArrayList<>();
    for (int i = 0; i < bytes.length; ) {
      if (left > 0) {
        int skipped = (int) Math.min(left, bytes.length - i);
        left -= skipped;
        i += skipped;
      } else {
        head.put(bytes[i++]);
        if (!head.hasRemaining()) {
          keys.add(head.getShort(LENGTH_BYTES));
          left = Math.max(0, head.getInt(0) - Short.BYTES);
          head.clear();
        }
      }
    }
    return keys;
  }
}
