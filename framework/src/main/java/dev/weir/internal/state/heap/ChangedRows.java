package dev.weir.internal.state.heap;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows that were changed in an epoch, each once, in the order of their first change. Grows
 * without copying. Changed by the task's thread until its epoch has ended, then by nobody.
 */
final class ChangedRows<K, V> {
  private static final int PART_BITS = 10;
  private static final int PART = 1 << PART_BITS;

  private final int epoch;
  private final List<VersionedRow<K, V>[]> parts = new ArrayList<>();
  private VersionedRow<K, V>[] last;
  private int size;

  ChangedRows(int epoch) {
    this.epoch = epoch;
  }

  int epoch() {
    return epoch;
  }

  int size() {
    return size;
  }

  void add(VersionedRow<K, V> row) {
    int index = size & (PART - 1);
    if (index == 0) {
      last = part();
      parts.add(last);
    }
    last[index] = row;
    size++;
  }

  VersionedRow<K, V> get(int index) {
    return parts.get(index >>> PART_BITS)[index & (PART - 1)];
  }

  /** Whether it says something about the state before: not if all that came has gone again. */
  boolean hasChange() {
    for (int i = 0; i < size; i++) {
      if (isChange(get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a row of these was set, or removed where it was before. */
  boolean isChange(VersionedRow<K, V> row) {
    return isChange(row, row.at(epoch));
  }

  /** The same of a row whose value at the end of the epoch is known. */
  boolean isChange(VersionedRow<K, V> row, V value) {
    return value != null || row.at(epoch - 1) != null;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Holds nothing yet.
  private static <K, V> VersionedRow<K, V>[] part() {
    return new VersionedRow[PART];
  }
}
