package dev.weir.internal.state.heap;

import dev.weir.internal.row.Row;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A row that keeps, beside its value, those it had at barriers that somebody may still ask about,
 * newest first. An epoch is the time between two barriers behind which something was changed; a
 * version is of the epoch in which it was set, and null where the row was removed.
 *
 * <p>Changed by the task's thread. An I/O thread may ask for the value at the end of an epoch that
 * has ended, meanwhile: a row tells its new epoch before its new value, so whoever finds the same
 * old epoch before and behind reading the value has the value of that epoch; and whoever finds a
 * newer one finds the older versions, too.
 */
final class VersionedRow<K, V> extends Row<K, V> {
  private static final VarHandle EPOCH = epochHandle();

  private int epoch;
  private Version<V> older;

  VersionedRow(int hash, K key, V value, int epoch) {
    super(hash, 0, key, value, false);
    this.epoch = epoch;
  }

  private static VarHandle epochHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(VersionedRow.class, "epoch", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Whether the newest version is of this epoch, so that nobody else may see it yet. */
  boolean isOf(int current) {
    return epoch == current;
  }

  /** Replaces the newest version. */
  void replace(V newest) {
    value = newest;
  }

  /** Adds a version of a newer epoch. */
  void add(V newest, int current) {
    older = new Version<>(value, epoch, older);
    EPOCH.setRelease(this, current);
    VarHandle.storeStoreFence();
    value = newest;
  }

  /** The value at the end of an epoch, null if there was none. By any thread. */
  V at(int end) {
    int seen = (int) EPOCH.getAcquire(this);
    if (seen <= end) {
      V read = value;
      VarHandle.loadLoadFence();
      if ((int) EPOCH.getAcquire(this) == seen) {
        return read;
      }
    }
    Version<V> version = older;
    while (version != null && version.epoch > end) {
      version = version.older;
    }
    return version == null ? null : version.value;
  }

  /** Forgets what nobody asks about who asks for the end of this epoch or a later one. */
  void forgetBefore(int end) {
    if (epoch <= end) {
      older = null;
      return;
    }
    Version<V> last = null;
    Version<V> version = older;
    while (version != null && version.epoch > end) {
      last = version;
      version = version.older;
    }
    if (version == null) {
      return;
    }
    if (version.value != null) {
      version.older = null;
    } else if (last == null) {
      older = null;
    } else {
      last.older = null;
    }
  }

  /** Whether it was removed, up to this epoch, and not set again. */
  boolean isGone(int end) {
    return value == null && epoch <= end;
  }

  /** An older value. */
  private static final class Version<V> {
    private final V value;
    private final int epoch;
    private Version<V> older;

    Version(V value, int epoch, Version<V> older) {
      this.value = value;
      this.epoch = epoch;
      this.older = older;
    }
  }
}
