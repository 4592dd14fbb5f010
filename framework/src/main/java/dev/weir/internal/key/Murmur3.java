package dev.weir.internal.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * MurmurHash3_x86_32 with seed 0 [1]. Pure; the same for ever.
 *
 * <p>[1] Austin Appleby, MurmurHash3, 2011, public domain; smhasher, {@code MurmurHash3.cpp}.
 */
final class Murmur3 {
  private static final VarHandle BLOCKS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Murmur3() {}

  static int hash(byte[] bytes, int length) {
    int h = 0;
    int tail = length & ~3;
    for (int i = 0; i < tail; i += Integer.BYTES) {
      h ^= mixed((int) BLOCKS.get(bytes, i));
      h = Integer.rotateLeft(h, 13) * 5 + 0xe6546b64;
    }
    int last = 0;
    for (int i = length - 1; i >= tail; i--) {
      last = last << 8 | (bytes[i] & 0xFF);
    }
    return finished(h ^ mixed(last) ^ length);
  }

  private static int mixed(int block) {
    return Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
  }

  private static int finished(int hash) {
    int h = hash;
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    h ^= h >>> 16;
    return h;
  }
}
