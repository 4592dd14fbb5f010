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
 * has ended, meanwhile.
 */
abstract class VersionedRow<K, V> extends Row<K, V> {
  private static final VarHandle EPOCH = epochHandle();

  private int epoch;

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
  final boolean isOf(int current) {
    return epoch == current;
  }

  /** The epoch of the newest version; for the task's thread. */
  final int epoch() {
    return epoch;
  }

  /** The epoch of the newest version; for others. */
  final int epochSeen() {
    return (int) EPOCH.getAcquire(this);
  }

  /** Tells others of a new epoch, and of all that was done before. */
  final void tellEpoch(int current) {
    EPOCH.setRelease(this, current);
  }

  /** Whether it was removed, up to this epoch, and not set again. */
  final boolean isGone(int end) {
    return value() == null && epoch <= end;
  }

  /** Replaces the newest version. */
  final void replace(V newest) {
    value(newest);
  }

  /** Adds a version of a newer epoch. */
  abstract void add(V newest, int current);

  /** The value at the end of an epoch, null if there was none. By any thread. */
  abstract V at(int end);

  /** Forgets what nobody asks about who asks for the end of this epoch or a later one. */
  abstract void forgetBefore(int end);

  /** Something that must be near before the value can be read; may be null. */
  abstract Object farPart();
}
