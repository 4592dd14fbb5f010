package dev.weir.internal.key;

import dev.weir.internal.base.ByteOutput;
import dev.weir.serde.TypeSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Hashes the serialized bytes of keys. Confined to one thread. */
final class SerializedKeyHash<K> implements KeyHash<K> {
  private final TypeSerializer<K> serializer;
  private final ByteOutput bytes = new ByteOutput(64);

  SerializedKeyHash(TypeSerializer<K> serializer) {
    this.serializer = serializer;
  }

  @Override
  public int hash(K key) {
    bytes.truncate(0);
    try {
      serializer.serialize(key, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("A key of " + serializer.schema() + " cannot be written", e);
    }
    return Murmur3.hash(bytes.array(), bytes.length());
  }
}
