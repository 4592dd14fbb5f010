package dev.weir.internal.state.heap;

import java.lang.invoke.VarHandle;

/**
 * A row of any value. It tells its new epoch before its new value, so whoever finds the same old
 * epoch before and behind reading the value has the value of that epoch; and whoever finds a newer
 * one finds the older versions, too.
 */
final class ReferenceRow<K, V> extends VersionedRow<K, V> {
  private Version<V> older;

  ReferenceRow(int hash, K key, V value, int epoch) {
    super(hash, key, value, epoch);
  }

  @Override
  void add(V newest, int current) {
    older = new Version<>(value(), epoch(), older);
    tellEpoch(current);
    VarHandle.storeStoreFence();
    value(newest);
  }

  @Override
  V at(int end) {
    int seen = epochSeen();
    if (seen <= end) {
      V read = value();
      VarHandle.loadLoadFence();
      if (epochSeen() == seen) {
        return read;
      }
    }
    return Version.at(end, older);
  }

  @Override
  void forgetBefore(int end) {
    older = epoch() <= end ? null : Version.from(end, older);
  }

  @Override
  Object farPart() {
    return value();
  }
}
