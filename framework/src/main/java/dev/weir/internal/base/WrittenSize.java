package dev.weir.internal.base;

import dev.weir.serde.TypeSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How many bytes values are written in, by estimate: each 64th that it is shown is written. Made
 * per thread; not thread-safe.
 *
 * @param <V> type of the values
 */
public final class WrittenSize<V> {
  private static final int EVERY = 64;
  private static final int SHARE_OF_ONE = 16;

  private final String what;
  private final TypeSerializer<V> serializer;
  private final ByteOutput bytes = new ByteOutput(256);
  private int left = 1;
  private double estimate;

  /**
   * Knows of none yet.
   *
   * @param what whose values, for errors
   */
  public WrittenSize(String what, TypeSerializer<V> serializer) {
    this.what = what;
    this.serializer = serializer;
  }

  /** Takes note of a value, or does not. */
  public void sample(V value) {
    if (--left == 0) {
      left = EVERY;
      measure(value);
    }
  }

  private void measure(V value) {
    bytes.truncate(0);
    try {
      serializer.serialize(value, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("A value of " + what + " is unwritable", e);
    }
    estimate += (bytes.length() - estimate) / SHARE_OF_ONE;
  }

  /** Bytes per value. */
  public long estimate() {
    return (long) estimate;
  }
}
