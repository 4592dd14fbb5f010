package dev.weir.internal.row;

import java.util.Arrays;

/**
 * Says of most rows that are not in a chain that they are not there. Most look-ups are for such
 * rows, since a row may be in any of several layers. So there is a byte for each chain, small
 * enough to stay in the processor's cache, in which each row of the chain sets one bit of eight by
 * its hash: where the bit is not set the row is not there, and nothing waits for memory. A row that
 * is removed leaves its bit, which says nothing wrong. Confined to the task's thread; others may
 * read once frozen.
 */
final class ChainBits {
  private byte[][] bits;

  ChainBits(int segments) {
    bits = new byte[segments][];
  }

  /** Makes room for chains in so many segments. */
  void room(int segments) {
    if (segments > bits.length) {
      bits = Arrays.copyOf(bits, 2 * segments);
    }
  }

  boolean mayHave(int chain, int hash) {
    byte[] segment = bits[chain >>> Chains.SEGMENT_BITS];
    return segment != null && (segment[chain & (Chains.SEGMENT - 1)] & bit(hash)) != 0;
  }

  /** One of eight, by a part of the hash that does not say which chain. */
  private static int bit(int hash) {
    return 1 << (hash >>> (Integer.SIZE - 3));
  }

  void set(int chain, int hash) {
    byte[] segment = bits[chain >>> Chains.SEGMENT_BITS];
    if (segment == null) {
      segment = new byte[Chains.SEGMENT];
      bits[chain >>> Chains.SEGMENT_BITS] = segment;
    }
    segment[chain & (Chains.SEGMENT - 1)] |= (byte) bit(hash);
  }

  /** The chain has no rows now. */
  void forget(int chain) {
    byte[] segment = bits[chain >>> Chains.SEGMENT_BITS];
    if (segment != null) {
      segment[chain & (Chains.SEGMENT - 1)] = 0;
    }
  }
}
