package dev.weir.internal.element;

import java.util.Arrays;

/** Some records, in order, by reference. Filled by one task, then read by another. */
public final class RecordBatch implements Element {
  /** Most records of a batch. */
  public static final int CAPACITY = 256;

  private static final int INITIAL = 16;

  private final int expected;
  private Object[] values;
  private long[] timestamps;
  private int size;
  private int records;

  /** An empty batch that most likely gets no more than so many records. */
  public RecordBatch(int expected) {
    this.expected = expected;
    int initial = Math.min(INITIAL, expected);
    this.values = new Object[initial];
    this.timestamps = new long[initial];
  }

  /** Adds a record to a batch that has less than {@link #CAPACITY}. */
  public void add(Object value, long timestamp) {
    add(value, timestamp, 1);
  }

  /** The same of a value that so many records have become. */
  public void add(Object value, long timestamp, int ofRecords) {
    if (size == values.length) {
      int room = size < expected ? expected : CAPACITY;
      values = Arrays.copyOf(values, room);
      timestamps = Arrays.copyOf(timestamps, room);
    }
    values[size] = value;
    timestamps[size++] = timestamp;
    records += ofRecords;
  }

  /** Number of values. */
  public int size() {
    return size;
  }

  /** Number of records that they were when they were read. */
  public int records() {
    return records;
  }

  /** Value of the record at this place. */
  public Object value(int index) {
    return values[index];
  }

  /** Event time of the record at this place, epoch milliseconds. */
  public long timestamp(int index) {
    return timestamps[index];
  }
}
