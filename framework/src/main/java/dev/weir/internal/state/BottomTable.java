package dev.weir.internal.state;

import dev.weir.internal.base.ByteInput;
import java.io.IOException;

/**
 * The lowest layer of one table: what completed checkpoints have let sink. Read by the task's
 * thread; walked over by an I/O thread only while nothing sinks; restored by one I/O thread before
 * all.
 */
public interface BottomTable<K, V> {
  /** Whether values it gives are the ones it keeps: who wants to change one must copy it. */
  boolean sharesValues();

  /** The row's value, or null. */
  V get(int hash, long time, K key);

  /** Whether the row is there. */
  boolean contains(int hash, long time, K key);

  /**
   * Walks over the rows of one time, key group by key group if {@link #isGrouped}. The table must
   * not change meanwhile, as it does not: what is written goes to the layer above.
   */
  RowCursor<K, V> rowsAt(long time);

  /** Whether cursors go through the key groups in rising order. */
  boolean isGrouped();

  /** Walks over all rows. */
  RowCursor<K, V> rows();

  /** Sets a row from its bytes, to be read to their end. */
  void restorePut(int keyGroup, long time, ByteInput key, ByteInput value) throws IOException;

  /** Removes a row by its key's bytes, if it is there. */
  void restoreRemove(int keyGroup, long time, ByteInput key) throws IOException;

  /** Removes the rows of these key groups with a time at or before the bound. */
  void restoreClear(int firstKeyGroup, int endKeyGroup, long bound);
}
