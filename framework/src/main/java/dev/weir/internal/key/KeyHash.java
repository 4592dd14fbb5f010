package dev.weir.internal.key;

import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.time.Instant;
import java.util.UUID;

/**
 * A hash of keys that is the same in every JVM and for ever: it decides where state lives. Made per
 * thread; not thread-safe.
 *
 * @param <K> type of the key
 */
@FunctionalInterface
public interface KeyHash<K> {
  /** The key's hash. */
  int hash(K key);

  /**
   * For types whose {@code hashCode} is specified (String, Integer, Long, Short, Byte, Character,
   * Boolean) that one; for UUID and Instant the formula below; for all others MurmurHash3 of the
   * serialized bytes. Entries have the hash of their owner.
   *
   * @throws dev.weir.error.InvalidPipelineException if the serializer may not write keys
   */
  @SuppressWarnings("unchecked") // The serializer of entries says how to hash them.
  static <K> KeyHash<K> of(TypeSerializer<K> serializer) {
    if (serializer instanceof EntryKeySerializer<?> entries) {
      return (KeyHash<K>) entries.keyHash();
    }
    TypeSerializers.requireKey(serializer);
    if (KeyHashes.HASH_CODE_IS_SPECIFIED.contains(serializer)) {
      return Object::hashCode;
    }
    if (serializer.equals(KeyHashes.UUIDS)) {
      return key -> KeyHashes.ofUuid((UUID) key);
    }
    if (serializer.equals(KeyHashes.INSTANTS)) {
      return key -> KeyHashes.ofInstant((Instant) key);
    }
    return new SerializedKeyHash<>(serializer);
  }
}
