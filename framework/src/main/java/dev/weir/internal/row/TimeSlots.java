package dev.weir.internal.row;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of a layer by time, those of a time in the order they came. Confined to the task's
 * thread; others may read once frozen.
 */
final class TimeSlots<K, V> {
  private final TreeMap<Long, Slot<K, V>> slots = new TreeMap<>();
  private Slot<K, V> newest;
  private long newestTime;

  void add(Row<K, V> row) {
    if (newest == null || newestTime != row.time) {
      newestTime = row.time;
      newest = slots.computeIfAbsent(row.time, time -> new Slot<>());
    }
    newest.add(row);
  }

  /** Whoever stands on the row still finds the next ones of its time. */
  void remove(Row<K, V> row) {
    Slot<K, V> slot = slots.get(row.time);
    slot.remove(row);
    if (slot.first == null) {
      drop(row.time);
    }
  }

  /** Forgets all rows of a time. */
  void drop(long time) {
    slots.remove(time);
    newest = null;
  }

  /** The first row of the earliest time; null if there is none. */
  Row<K, V> first() {
    Map.Entry<Long, Slot<K, V>> first = slots.firstEntry();
    return first == null ? null : first.getValue().first;
  }

  /** The first row of a time; null if there is none. */
  Row<K, V> firstOf(long time) {
    Slot<K, V> slot = slots.get(time);
    return slot == null ? null : slot.first;
  }

  /** The last row of a time; null if there is none. */
  Row<K, V> lastOf(long time) {
    Slot<K, V> slot = slots.get(time);
    return slot == null ? null : slot.last();
  }

  /** The times that have rows, as they are now. */
  List<Long> times() {
    return List.copyOf(slots.keySet());
  }

  /** The times at or before the bound that have rows, as they are now. */
  List<Long> timesUpTo(long bound) {
    return List.copyOf(slots.headMap(bound, true).keySet());
  }

  void count(RowLayer.TimeCounts counts) {
    slots.forEach((time, slot) -> counts.add(time, slot.size));
  }

  /**
   * The rows of one time, linked both ways. If they are many the last one is in an array that is
   * made anew now and then, so that it is young: to write each new row to an old object costs a
   * memory barrier, which waits for everything that was written before.
   */
  private static final class Slot<K, V> {
    private static final int MANY = 1 << 10;

    private Row<K, V> first;
    private Row<K, V> lastOfFew;
    private Row<K, V>[] lastOfMany;
    private long size;

    void add(Row<K, V> row) {
      Row<K, V> before = last();
      size++;
      row.previousInSlot = before;
      row.nextInSlot = null;
      if (before == null) {
        first = row;
      } else {
        before.nextInSlot = row;
      }
      if (size % MANY == 0) {
        lastOfFew = null;
        lastOfMany = array();
      }
      last(row);
    }

    Row<K, V> last() {
      return lastOfMany == null ? lastOfFew : lastOfMany[0];
    }

    private void last(Row<K, V> row) {
      if (lastOfMany == null) {
        lastOfFew = row;
      } else {
        lastOfMany[0] = row;
      }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Holds nothing yet.
    private static <K, V> Row<K, V>[] array() {
      return new Row[1];
    }

    /** The row keeps its link to the next one, for those who stand on it. */
    void remove(Row<K, V> row) {
      size--;
      if (row.previousInSlot == null) {
        first = row.nextInSlot;
      } else {
        row.previousInSlot.nextInSlot = row.nextInSlot;
      }
      if (row.nextInSlot == null) {
        last(row.previousInSlot);
      } else {
        row.nextInSlot.previousInSlot = row.previousInSlot;
      }
    }
  }
}
