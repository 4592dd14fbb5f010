package dev.weir.internal.state;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.key.LeastKeys;
import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowLayer;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * The lowest layer of one table: what completed checkpoints have let sink. Read by the task's
 * thread; walked over by an I/O thread only while nothing sinks; restored by one I/O thread before
 * all.
 */
public interface BottomTable<K, V> {
  /**
   * The table as its task reads, writes and cuts it: with layers of changes above, unless it keeps
   * the versions of its rows itself.
   */
  default LayeredBackend.Table<K, V> forTask(TableDescriptor<K, V> descriptor, int maxParallelism) {
    return new LayeredRows<>(descriptor, this, maxParallelism);
  }

  /** Whether values it gives are the ones it keeps: who wants to change one must copy it. */
  boolean sharesValues();

  /** Whether rows are entries of owners. */
  boolean hasEntries();

  /** The row's value, or null. */
  V get(int hash, long time, K key);

  /**
   * Learns which keys will be asked for next at time 0, the first of an array, so that memory is
   * waited for once; see {@link StateTable#expect}.
   */
  default void expect(K[] keys, int count) {}

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

  /** Tells of each time how many rows there are, perhaps in several parts. */
  default void countTimes(RowLayer.TimeCounts counts) {
    try (RowCursor<K, V> rows = rows()) {
      while (rows.next()) {
        counts.add(rows.time(), 1);
      }
    }
  }

  /** The times of which there are rows, of this key and perhaps of others. */
  List<Long> timesOf(K key);

  /**
   * Shows the keys of rows to those who want the first ones, but for rows that are above; in tables
   * without times and entries that have layers above.
   *
   * @param isAbove whether a layer above says what becomes of a key, by its bytes
   */
  default void showKeys(LeastKeys<K> least, Predicate<byte[]> isAbove) {
    throw new UnsupportedOperationException("The keys of this table are not below layers");
  }

  /**
   * An owner's entries from a key on, in the order of their bytes; in tables of entries only.
   *
   * @param from the least key there can be
   * @param end the bytes of an entry before which to end; null for none
   * @param limit the most rows to give; fewer are all there are
   */
  List<Row<K, V>> entries(K from, byte[] end, int limit);

  /** Sets a row from its bytes, to be read to their end. */
  void restorePut(int keyGroup, long time, ByteInput key, ByteInput value) throws IOException;

  /** Removes a row by its key's bytes, if it is there. */
  void restoreRemove(int keyGroup, long time, ByteInput key) throws IOException;

  /** Removes all rows of an owner, whose bytes are those of a key without an entry. */
  void restoreClearOwner(int keyGroup, ByteInput owner) throws IOException;

  /** Removes the rows of these key groups with a time at or before the bound. */
  void restoreClear(int firstKeyGroup, int endKeyGroup, long bound);
}
