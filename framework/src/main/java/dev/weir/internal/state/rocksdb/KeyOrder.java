package dev.weir.internal.state.rocksdb;

import java.util.Arrays;

/**
 * The order of keys by their bytes, unsigned. It sorts numbers, not arrays: of each key the bytes
 * behind those that all have in common, as many as leave room for the key's index beside them. Only
 * keys that are alike so far are compared in full. Pure.
 *
 * <pre>
 *   key:     common to all | as many bits as there is room for | the rest, seldom looked at
 *   number:                  those bits, sign flipped            index of the key
 * </pre>
 */
final class KeyOrder {
  private KeyOrder() {}

  /** The indexes of the keys in their order; equal keys stay as they are. */
  static int[] of(byte[][] keys) {
    int common = common(keys);
    int indexBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, keys.length - 1));
    long mask = (1L << indexBits) - 1;
    long[] numbers = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      numbers[i] = ((begin(keys[i], common) ^ Long.MIN_VALUE) & ~mask) | i;
    }
    Arrays.sort(numbers);
    int[] order = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      order[i] = (int) (numbers[i] & mask);
    }
    for (int from = 0, end; from < order.length; from = end) {
      end = endOfAlike(numbers, from, ~mask);
      if (end - from > 1) {
        sort(order, from, end, keys);
      }
    }
    return order;
  }

  /** How many bytes all keys begin with alike. */
  private static int common(byte[][] keys) {
    int common = keys.length == 0 ? 0 : keys[0].length;
    for (byte[] key : keys) {
      int differs = Arrays.mismatch(keys[0], 0, common, key, 0, Math.min(common, key.length));
      common = differs < 0 ? common : differs;
    }
    return common;
  }

  /** Bytes that are not there count as zeros, which come first as they do. */
  private static long begin(byte[] key, int from) {
    long begin = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      begin = begin << Byte.SIZE | (i < key.length ? key[i] & 0xFF : 0);
    }
    return begin;
  }

  private static int endOfAlike(long[] numbers, int from, long mask) {
    int end = from + 1;
    while (end < numbers.length && ((numbers[from] ^ numbers[end]) & mask) == 0) {
      end++;
    }
    return end;
  }

  private static void sort(int[] order, int from, int end, byte[][] keys) {
    Integer[] alike = Arrays.stream(order, from, end).boxed().toArray(Integer[]::new);
    Arrays.sort(alike, (left, right) -> Arrays.compareUnsigned(keys[left], keys[right]));
    for (int i = 0; i < alike.length; i++) {
      order[from + i] = alike[i];
    }
  }
}
