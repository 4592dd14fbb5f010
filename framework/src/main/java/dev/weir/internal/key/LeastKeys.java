package dev.weir.internal.key;

import dev.weir.internal.base.ByteOutput;
import dev.weir.serde.TypeSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Keeps the first keys within bounds of those that it is shown. Confined to one thread. */
public final class LeastKeys<K> {
  private final TypeSerializer<K> serializer;
  private final KeyBounds bounds;
  private final int limit;
  private final ByteOutput output = new ByteOutput(64);
  private final NavigableMap<byte[], K> least = inOrder();

  /** Keeps so many at the most. */
  public LeastKeys(TypeSerializer<K> serializer, KeyBounds bounds, int limit) {
    this.serializer = serializer;
    this.bounds = bounds;
    this.limit = limit;
  }

  /** An empty map in the order of keys' bytes. */
  public static <T> NavigableMap<byte[], T> inOrder() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  /** What keys lie within. */
  public KeyBounds bounds() {
    return bounds;
  }

  /** The bytes of a key. */
  public byte[] bytes(K key) {
    output.truncate(0);
    try {
      serializer.serialize(key, output);
    } catch (IOException e) {
      throw new UncheckedIOException("A key of state cannot be written", e);
    }
    return output.toByteArray();
  }

  /** Whether a key with these bytes would be kept. */
  public boolean wants(byte[] bytes) {
    return bounds.holds(bytes)
        && (least.size() < limit || Arrays.compareUnsigned(bytes, least.lastKey()) < 0);
  }

  /** Whether neither these bytes nor any behind them would be kept. */
  public boolean isBehindAll(byte[] bytes) {
    return bounds.isBehind(bytes)
        || (least.size() == limit && Arrays.compareUnsigned(bytes, least.lastKey()) > 0);
  }

  /** Keeps a key that is wanted, and gives up the last one if they are too many. */
  public void add(byte[] bytes, K key) {
    least.put(bytes, key);
    if (least.size() > limit) {
      least.pollLastEntry();
    }
  }

  /** What is kept, and where to go on. */
  public KeyPage<K> page(int nextKeyGroup) {
    return new KeyPage<>(least, nextKeyGroup);
  }
}
