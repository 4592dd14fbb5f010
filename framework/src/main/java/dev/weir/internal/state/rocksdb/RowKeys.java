package dev.weir.internal.state.rocksdb;

import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.state.TableDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Rows' keys in RocksDB, ordered by key group and time. Confined to one thread.
 *
 * <pre>
 *   short key group   [long time, sign bit flipped; timed tables only]   key
 * </pre>
 */
final class RowKeys<K> {
  private final TableDescriptor<K, ?> descriptor;
  private final int maxParallelism;
  private final KeyHash<K> hash;
  private final ByteOutput bytes = new ByteOutput(64);

  RowKeys(TableDescriptor<K, ?> descriptor, int maxParallelism) {
    this.descriptor = descriptor;
    this.maxParallelism = maxParallelism;
    this.hash = KeyHash.of(descriptor.keySerializer());
  }

  /** The bytes of the row's key, valid until the next call. */
  ByteOutput of(long time, K key) {
    prefix(KeyGroups.ofHash(hash.hash(key), maxParallelism), time);
    try {
      descriptor.keySerializer().serialize(key, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("A key of " + descriptor.name() + " cannot be written", e);
    }
    return bytes;
  }

  /** What all rows of a key group and time begin with, valid until the next call. */
  ByteOutput prefix(int keyGroup, long time) {
    bytes.truncate(0);
    bytes.writeShort(keyGroup);
    if (descriptor.isTimed()) {
      bytes.writeLong(time ^ Long.MIN_VALUE);
    }
    return bytes;
  }

  /** The key group of a row. */
  static int groupOf(byte[] key) {
    return (key[0] & 0xFF) << Byte.SIZE | (key[1] & 0xFF);
  }

  /** The time of a row of a timed table. */
  static long timeOf(byte[] key) {
    return ByteBuffer.wrap(key).getLong(Short.BYTES) ^ Long.MIN_VALUE;
  }

  /** What all rows of a key group begin with. */
  static byte[] groupPrefix(int keyGroup) {
    return new byte[] {(byte) (keyGroup >>> 8), (byte) keyGroup};
  }

  /** A key of a table without times in a key group. */
  static byte[] inGroup(int keyGroup, byte[] key) {
    ByteOutput row = new ByteOutput(Short.BYTES + key.length);
    row.writeShort(keyGroup);
    row.write(key);
    return row.toByteArray();
  }

  /** The first bytes behind all rows of a key group with a time at or before the bound. */
  static byte[] endOf(int keyGroup, long bound, boolean isTimed) {
    if (!isTimed || bound == Long.MAX_VALUE) {
      return groupPrefix(keyGroup + 1);
    }
    ByteOutput end = new ByteOutput(Short.BYTES + Long.BYTES);
    end.writeShort(keyGroup);
    end.writeLong((bound + 1) ^ Long.MIN_VALUE);
    return end.toByteArray();
  }
}
