package dev.weir.internal.element;

import java.util.Arrays;

/** Some records, in order, by reference. Filled by one task, then read by another. */
public final class RecordBatch implements Element {
  /** Most records of a batch. */
  public static final int CAPACITY = 256;

  private static final int INITIAL = 16;

  private Object[] values = new Object[INITIAL];
  private long[] timestamps = new long[INITIAL];
  private int size;

  /** Adds a record to a batch that has less than {@link #CAPACITY}. */
  public void add(Object value, long timestamp) {
    if (size == values.length) {
      values = Arrays.copyOf(values, CAPACITY);
      timestamps = Arrays.copyOf(timestamps, CAPACITY);
    }
    values[size] = value;
    timestamps[size++] = timestamp;
  }

  /** Number of records. */
  public int size() {
    return size;
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
