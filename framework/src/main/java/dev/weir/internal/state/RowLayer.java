package dev.weir.internal.state;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The changes to one table between two barriers: first a clearing of every row below up to a time,
 * if there is one, and in tables of entries of every row of some owners; then rows, where a null
 * value is a removal. Changed by the task's thread until it is frozen, then by nobody.
 */
public final class RowLayer<K, V> {
  private final RowMap<K, V> rows;
  private final TreeMap<Long, TimeSlot<K, V>> slots = new TreeMap<>();
  private final EntryIndex<K, V> entries;
  private TimeSlot<K, V> newest;
  private long newestTime;
  private int cleanRows;
  private boolean isCleared;
  private long clearedTo;

  /**
   * An empty layer.
   *
   * @param hasEntries whether its rows are entries of owners
   */
  public RowLayer(boolean hasEntries) {
    this(hasEntries, 0);
  }

  /** The same, made for so many rows; there may be more or less. */
  RowLayer(boolean hasEntries, int expectedRows) {
    this.rows = new RowMap<>(expectedRows);
    this.entries = hasEntries ? new EntryIndex<>() : null;
  }

  /** Whether rows below with a time at or before {@link #clearedTo()} are removed. */
  public boolean isCleared() {
    return isCleared;
  }

  /** The time up to which rows below are removed. */
  public long clearedTo() {
    return clearedTo;
  }

  /** For each owner whose rows below are removed the key that stands for all of its entries. */
  public Collection<K> clearedOwners() {
    return entries == null ? List.of() : entries.cleared();
  }

  /**
   * Shows each row that says something about the layers below, by time, then in the order they
   * came.
   */
  public <E extends Exception> void forEachChange(ChangeVisitor<K, V, E> visitor) throws E {
    for (TimeSlot<K, V> slot : slots.values()) {
      for (Row<K, V> row = slot.first; row != null; row = row.nextInSlot) {
        if (row.isChange()) {
          visitor.visit(row);
        }
      }
    }
  }

  /** Whether there is anything to tell the layers below. */
  public boolean hasChanges() {
    return isCleared || !clearedOwners().isEmpty() || anyMatch(Row::isChange);
  }

  boolean anyMatch(Predicate<Row<K, V>> condition) {
    for (TimeSlot<K, V> slot : slots.values()) {
      for (Row<K, V> row = slot.first; row != null; row = row.nextInSlot) {
        if (condition.test(row)) {
          return true;
        }
      }
    }
    return false;
  }

  boolean isUntouched() {
    return rows.size() == 0 && !isCleared && clearedOwners().isEmpty();
  }

  boolean hidesBelow(long time) {
    return isCleared && time <= clearedTo;
  }

  /** Whether a row below is removed with others of its time or owner. */
  boolean hidesBelow(long time, K key) {
    return hidesBelow(time) || (entries != null && entries.isCleared(key));
  }

  void clearBelow(long time) {
    clearedTo = isCleared ? Math.max(clearedTo, time) : time;
    isCleared = true;
  }

  /** The row, or null. */
  public Row<K, V> find(int hash, long time, K key) {
    return rows.find(hash, time, key);
  }

  void add(Row<K, V> row) {
    rows.add(row);
    if (newest == null || newestTime != row.time) {
      newestTime = row.time;
      newest = slots.computeIfAbsent(row.time, time -> new TimeSlot<>());
    }
    newest.add(row);
    if (entries != null) {
      entries.add(row);
    }
  }

  /** Adds a row that was read below, so that it is found here from now on. */
  void addClean(Row<K, V> row) {
    row.isClean = true;
    cleanRows++;
    add(row);
  }

  /** A row is about to be changed, so it is no longer as it is below. */
  void touch(Row<K, V> row) {
    if (row.isClean) {
      row.isClean = false;
      cleanRows--;
    }
  }

  /** How many rows are as they are below. */
  int cleanRows() {
    return cleanRows;
  }

  /** Number of rows and of owners that are cleared. */
  int size() {
    return rows.size() + clearedOwners().size();
  }

  /**
   * Brings the next part of what it says down into the layer below, which is one row at most;
   * false: there is nothing left. What is down already is no longer said here, and in between the
   * two together say the same as before: rows that were removed with others are removed first, and
   * as long as one of them is left it is hidden from here.
   */
  public boolean sinkNext(Lower<K, V> below) {
    if (isCleared) {
      isCleared = below.removeFirstUpTo(clearedTo);
    } else if (!clearedOwners().isEmpty()) {
      sinkNextOfOwner(clearedOwners().iterator().next(), below);
    } else {
      Map.Entry<Long, TimeSlot<K, V>> first = slots.firstEntry();
      if (first == null) {
        return false;
      }
      Row<K, V> row = first.getValue().first;
      unlink(row);
      below.layerOf(row.key).absorb(row);
    }
    return true;
  }

  /** Removes the earliest row if its time is at or before the bound; false: there is none. */
  public boolean removeFirstUpTo(long bound) {
    Map.Entry<Long, TimeSlot<K, V>> first = slots.firstEntry();
    boolean isThere = first != null && first.getKey() <= bound;
    if (isThere) {
      remove(first.getValue().first);
    }
    return isThere;
  }

  private void sinkNextOfOwner(K owner, Lower<K, V> lower) {
    RowLayer<K, V> below = lower.layerOf(owner);
    Row<K, V> first = below.entryFrom(owner);
    if (first == null) {
      entries.forgetCleared(owner);
    } else {
      below.remove(first);
    }
  }

  /** Takes over a row, or the removal that it stands for; one that was only read says nothing. */
  public void absorb(Row<K, V> row) {
    if (!row.isClean) {
      absorbChange(row);
    }
  }

  private void absorbChange(Row<K, V> row) {
    Row<K, V> old = rows.find(row.hash, row.time, row.key);
    if (row.value == null) {
      if (old != null) {
        remove(old);
      }
    } else if (old == null) {
      add(row);
    } else {
      old.value = row.value;
    }
  }

  /** Removes every row of an owner, here and below. */
  void clearOwner(K owner) {
    dropOwner(owner);
    entries.clear(owner);
  }

  /** Removes every row of an owner from this layer. */
  public void dropOwner(K owner) {
    entries.rowsOf(owner).forEach(this::remove);
  }

  /** The first row from this key on that has the same owner; null if there is none. */
  public Row<K, V> entryFrom(K key) {
    return entries.firstFrom(key);
  }

  /** Removes a row from a layer that need not tell the layers below. */
  public void remove(Row<K, V> row) {
    row.value = null;
    row.isBelow = false;
    unlink(row);
  }

  /** Whoever stands on the row still finds the next ones of its time. */
  private void unlink(Row<K, V> row) {
    unlinkFromMaps(row);
    TimeSlot<K, V> slot = slots.get(row.time);
    slot.remove(row);
    if (slot.first == null) {
      drop(row.time);
    }
  }

  private void unlinkFromMaps(Row<K, V> row) {
    rows.remove(row);
    cleanRows -= row.isClean ? 1 : 0;
    if (entries != null) {
      entries.remove(row);
    }
  }

  /** First row of a time, linked to the next ones; null if there is none. */
  public Row<K, V> firstOf(long time) {
    TimeSlot<K, V> slot = slots.get(time);
    return slot == null ? null : slot.first;
  }

  /** Removes every row of a time from this layer; tells whether one of them may be below, too. */
  boolean dropTime(long time) {
    boolean isBelow = false;
    for (Row<K, V> row = firstOf(time); row != null; row = row.nextInSlot) {
      isBelow |= row.isBelow;
      unlinkFromMaps(row);
    }
    drop(time);
    return isBelow;
  }

  /** Removes every row with a time at or before the bound from this layer. */
  public void dropTimesUpTo(long bound) {
    timesUpTo(bound).forEach(this::dropTime);
  }

  private void drop(long time) {
    slots.remove(time);
    newest = null;
  }

  /** The times that have rows, as they are now. */
  public List<Long> times() {
    return List.copyOf(slots.keySet());
  }

  /** The times at or before the bound that have rows, as they are now. */
  public List<Long> timesUpTo(long bound) {
    return List.copyOf(slots.headMap(bound, true).keySet());
  }

  /** Tells of each time how many rows there are. */
  public void countTimes(BottomTable.TimeCounts counts) {
    slots.forEach((time, slot) -> counts.add(time, slot.size));
  }

  /** The layers into which one sinks, each for some keys. */
  public interface Lower<K, V> {
    /** The one of a key. */
    RowLayer<K, V> layerOf(K key);

    /** Removes a row of the earliest in one of them, up to a time; false: there is none. */
    boolean removeFirstUpTo(long bound);
  }

  /** Sees changes. */
  @FunctionalInterface
  public interface ChangeVisitor<K, V, E extends Exception> {
    /** Called once per change. */
    void visit(Row<K, V> row) throws E;
  }

  /**
   * The rows of one time in the order they came. Confined to the task's thread; others may read
   * once frozen.
   */
  private static final class TimeSlot<K, V> {
    private Row<K, V> first;
    private Row<K, V> last;
    private long size;

    void add(Row<K, V> row) {
      size++;
      row.previousInSlot = last;
      row.nextInSlot = null;
      if (last == null) {
        first = row;
      } else {
        last.nextInSlot = row;
      }
      last = row;
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
        last = row.previousInSlot;
      } else {
        row.nextInSlot.previousInSlot = row.previousInSlot;
      }
    }
  }
}
