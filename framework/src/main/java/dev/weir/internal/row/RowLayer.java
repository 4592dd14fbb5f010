package dev.weir.internal.row;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * The changes to one table between two barriers: first a clearing of every row below up to a time,
 * if there is one, and in tables of entries of every row of some owners; then rows, where a null
 * value is a removal. Changed by the task's thread until it is frozen, then by nobody.
 */
public final class RowLayer<K, V> {
  private final RowMap<K, V> rows;
  private final TimeSlots<K, V> slots = new TimeSlots<>();
  private final EntryIndex<K, V> entries;
  private int cleanRows;
  private boolean isCleared;
  private long clearedTo;

  private RowLayer(boolean hasEntries, RowMap<K, V> rows) {
    this.rows = rows;
    this.entries = hasEntries ? new EntryIndex<>() : null;
  }

  /**
   * An empty layer whose rows are found over and over, and go one by one.
   *
   * @param hasEntries whether its rows are entries of owners
   */
  public static <K, V> RowLayer<K, V> linked(boolean hasEntries, int expectedRows) {
    return new RowLayer<>(hasEntries, new RowMap<>(expectedRows, new LinkedChains<>()));
  }

  /** The same whose rows are mostly added, mostly not there when looked for, and go together. */
  public static <K, V> RowLayer<K, V> numbered(boolean hasEntries, int expectedRows) {
    return new RowLayer<>(hasEntries, new RowMap<>(expectedRows, new NumberedChains<>()));
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
    for (long time : slots.times()) {
      for (Row<K, V> row = slots.firstOf(time); row != null; row = row.nextInSlot) {
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

  /** Whether there is such a row. */
  public boolean anyMatch(Predicate<Row<K, V>> condition) {
    for (long time : slots.times()) {
      for (Row<K, V> row = slots.firstOf(time); row != null; row = row.nextInSlot) {
        if (condition.test(row)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether nothing was ever read, written or cleared, or nothing is left of it. */
  public boolean isUntouched() {
    return rows.size() == 0 && !isCleared && clearedOwners().isEmpty();
  }

  /** Whether a row below is removed with others of its time. */
  public boolean hidesBelow(long time) {
    return isCleared && time <= clearedTo;
  }

  /** Whether a row below is removed with others of its time or owner. */
  public boolean hidesBelow(long time, K key) {
    return hidesBelow(time) || (entries != null && entries.isCleared(key));
  }

  /** Removes every row below up to a time. */
  public void clearBelow(long time) {
    clearedTo = isCleared ? Math.max(clearedTo, time) : time;
    isCleared = true;
  }

  /** The row, or null. */
  public Row<K, V> find(int hash, long time, K key) {
    return rows.find(hash, time, key);
  }

  /**
   * The first row that may be the one of a hash, or null if there surely is none: without a look at
   * it.
   *
   * @param isAddedTo whether a row of that hash is about to be added
   */
  public Row<K, V> likely(int hash, boolean isAddedTo) {
    return rows.likely(hash, isAddedTo);
  }

  /** The first row that may be the one of a hash, or null: without a look at it. */
  public Row<K, V> first(int hash) {
    return rows.first(hash);
  }

  /** Adds a row that is not there. */
  public void add(Row<K, V> row) {
    rows.add(row);
    slots.add(row);
    if (entries != null) {
      entries.add(row);
    }
  }

  /** Adds a row that was read below, so that it is found here from now on. */
  public void addClean(Row<K, V> row) {
    row.isClean = true;
    cleanRows++;
    add(row);
  }

  /** Changes a row that is here, so it is no longer as it is below; null removes it. */
  public void set(Row<K, V> row, V value) {
    if (row.value() != value) { // An accumulator is mostly changed in place.
      row.value(value);
    }
    if (row.isClean) {
      row.isClean = false;
      cleanRows--;
    }
  }

  /** How many rows are as they are below. */
  public int cleanRows() {
    return cleanRows;
  }

  /** Number of rows and of owners that are cleared. */
  public int size() {
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
      Row<K, V> row = slots.first();
      if (row == null) {
        return false;
      }
      unlink(row);
      below.layerOf(row.key).absorb(row);
    }
    return true;
  }

  /** Removes the earliest row if its time is at or before the bound; false: there is none. */
  public boolean removeFirstUpTo(long bound) {
    Row<K, V> first = slots.first();
    boolean isThere = first != null && first.time <= bound;
    if (isThere) {
      remove(first);
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
    if (row.value() == null) {
      if (old != null) {
        remove(old);
      }
    } else if (old == null) {
      add(row);
    } else {
      old.value(row.value());
    }
  }

  /** Removes every row of an owner, here and below. */
  public void clearOwner(K owner) {
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
    row.value(null);
    row.isBelow = false;
    unlink(row);
  }

  private void unlink(Row<K, V> row) {
    unlinkFromMaps(row);
    slots.remove(row);
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
    return slots.firstOf(time);
  }

  /** Last row of a time; null if there is none. */
  public Row<K, V> lastOf(long time) {
    return slots.lastOf(time);
  }

  /** Removes every row of a time from this layer; tells whether one of them may be below, too. */
  public boolean dropTime(long time) {
    boolean isBelow = false;
    for (Row<K, V> row = firstOf(time); row != null; row = row.nextInSlot) {
      isBelow |= row.isBelow;
      unlinkFromMaps(row);
    }
    slots.drop(time);
    return isBelow;
  }

  /** Removes every row with a time at or before the bound from this layer. */
  public void dropTimesUpTo(long bound) {
    slots.timesUpTo(bound).forEach(this::dropTime);
  }

  /** The times that have rows, as they are now. */
  public List<Long> times() {
    return slots.times();
  }

  /** Tells of each time how many rows there are. */
  public void countTimes(TimeCounts counts) {
    slots.count(counts);
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

  /** Adds up rows by time. */
  @FunctionalInterface
  public interface TimeCounts {
    /** There are so many more rows of this time. */
    void add(long time, long rows);
  }
}
