package dev.weir.internal.key;

import dev.weir.internal.base.ByteOutput;
import dev.weir.job.KeyRange;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.ordered.OrderedSerializer;
import java.io.IOException;
import java.util.Arrays;

/**
 * A range of keys by their bytes, compared as unsigned numbers. Immutable; the arrays may not be
 * changed.
 *
 * @param from the least there can be
 * @param end before which to end; null for none
 */
public record KeyBounds(byte[] from, byte[] end) {
  /**
   * The bytes of a range.
   *
   * @throws IllegalArgumentException if a key is not of the serializer's type, or there is a prefix
   *     and keys are not written in their order
   */
  public static <K> KeyBounds of(KeyRange<K> range, TypeSerializer<K> serializer) {
    if (range.prefix().isPresent()) {
      byte[] prefix = prefix(range.prefix().get(), serializer);
      return new KeyBounds(prefix, EntryKey.behindAll(prefix));
    }
    return new KeyBounds(
        range.from().map(key -> bytes(key, serializer)).orElse(new byte[0]),
        range.to().map(key -> bytes(key, serializer)).orElse(null));
  }

  private static <K> byte[] bytes(K key, TypeSerializer<K> serializer) {
    ByteOutput out = new ByteOutput(64);
    try {
      serializer.serialize(key, out);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Asked for keys by "
              + key
              + ", a "
              + key.getClass().getName()
              + ", but keys are "
              + serializer.schema()
              + ". Ask with keys of their type.",
          e);
    }
    return out.toByteArray();
  }

  private static <K> byte[] prefix(K prefix, TypeSerializer<K> serializer) {
    if (!(serializer instanceof OrderedSerializer<K> ordered)) {
      throw new IllegalArgumentException(
          "Asked for keys that begin with "
              + prefix
              + ", but keys are written as "
              + serializer.schema()
              + ", which does not keep those together. Begin the stage with keyBy(selector,"
              + " OrderedSerializers.of(KeyType.class)), or ask for a range.");
    }
    ByteOutput out = new ByteOutput(64);
    try {
      ordered.serializePrefix(prefix, out);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Keys that begin with " + prefix + " cannot be asked for: " + e.getMessage(), e);
    }
    return out.toByteArray();
  }

  /** Whether a key lies within. */
  public boolean holds(byte[] key) {
    return Arrays.compareUnsigned(from, key) <= 0 && !isBehind(key);
  }

  /** Whether a key lies behind. */
  public boolean isBehind(byte[] key) {
    return end != null && Arrays.compareUnsigned(key, end) >= 0;
  }

  /** What is left of it behind a key. */
  public KeyBounds behind(byte[] key) {
    return new KeyBounds(Arrays.copyOf(key, key.length + 1), end);
  }
}
