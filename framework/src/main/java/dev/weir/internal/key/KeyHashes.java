package dev.weir.internal.key;

import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** The hashes of types that need no serializing. They are what JDK 17 computes, written down. */
final class KeyHashes {
  static final Set<TypeSerializer<?>> HASH_CODE_IS_SPECIFIED =
      Set.of(
          TypeSerializers.of(String.class),
          TypeSerializers.of(Integer.class),
          TypeSerializers.of(Long.class),
          TypeSerializers.of(Short.class),
          TypeSerializers.of(Byte.class),
          TypeSerializers.of(Character.class),
          TypeSerializers.of(Boolean.class));
  static final TypeSerializer<UUID> UUIDS = TypeSerializers.of(UUID.class);
  static final TypeSerializer<Instant> INSTANTS = TypeSerializers.of(Instant.class);

  private KeyHashes() {}

  static int ofUuid(UUID key) {
    return Long.hashCode(key.getMostSignificantBits() ^ key.getLeastSignificantBits());
  }

  static int ofInstant(Instant key) {
    return Long.hashCode(key.getEpochSecond()) + 51 * key.getNano();
  }
}
