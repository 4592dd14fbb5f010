package dev.weir.internal.state.heap;

import java.lang.invoke.VarHandle;

/**
 * A row of a value of at most 8 bytes, which lies in the row itself, like the newest of its older
 * versions. So setting it makes no object that the collector would have to look for from an old
 * one, and to copy.
 *
 * <p>While versions move the epoch is {@link #MOVING}. Who reads an epoch before and behind reading
 * versions, the same and not that one, has read them as they belong together: a sequence lock (H.
 * Boehm, "Can seqlocks get along with programming language memory models?", MSPC 2012, section 4).
 * Others try again. The newest value is read by others only if its epoch has ended, so it is not
 * replaced meanwhile.
 */
final class PackedRow<K, V> extends VersionedRow<K, V> {
  private static final int MOVING = Integer.MIN_VALUE;
  private static final int NONE = Integer.MAX_VALUE;

  private final Packing<V> packing;
  private long bits;
  private boolean isThere;
  private long olderBits;
  private boolean wasThere;
  private int olderEpoch = NONE;
  private Version<V> oldest;

  PackedRow(int hash, K key, V value, int epoch, Packing<V> packing) {
    super(hash, key, null, epoch);
    this.packing = packing;
    value(value);
  }

  @Override
  public V value() {
    return isThere ? packing.unpacked(bits) : null;
  }

  @Override
  protected void value(V newest) {
    isThere = newest != null;
    bits = isThere ? packing.packed(newest) : 0;
  }

  @Override
  void add(V newest, int current) {
    int before = epoch();
    tellEpoch(MOVING);
    VarHandle.storeStoreFence();
    if (olderEpoch != NONE) {
      oldest = new Version<>(older(), olderEpoch, oldest);
    }
    olderBits = bits;
    wasThere = isThere;
    olderEpoch = before;
    value(newest);
    tellEpoch(current);
  }

  private V older() {
    return wasThere ? packing.unpacked(olderBits) : null;
  }

  @Override
  V at(int end) {
    while (true) {
      int seen = epochSeen();
      if (seen != MOVING) {
        V read = seen <= end ? value() : olderAt(end);
        VarHandle.loadLoadFence();
        if (epochSeen() == seen) {
          return read;
        }
      }
      Thread.onSpinWait();
    }
  }

  private V olderAt(int end) {
    return olderEpoch <= end ? older() : Version.at(end, oldest);
  }

  @Override
  void forgetBefore(int end) {
    if (epoch() <= end) {
      olderEpoch = NONE;
      oldest = null;
    } else if (olderEpoch <= end) {
      oldest = null;
    } else {
      oldest = Version.from(end, oldest);
    }
  }

  @Override
  Object farPart() {
    return oldest;
  }
}
