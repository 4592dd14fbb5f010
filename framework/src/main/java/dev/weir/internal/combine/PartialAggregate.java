package dev.weir.internal.combine;

/**
 * Some records of one key and window, aggregated by the task that read them, on the way to the one
 * that owns the key. Filled by one task, then owned by the other; its time is the window's last
 * millisecond.
 *
 * @param <K> type of the key
 * @param <A> type of the accumulator
 */
public final class PartialAggregate<K, A> {
  final int hash;
  final long lastMillisecond;
  private final K key;
  private A accumulator;
  private int records;

  PartialAggregate(int hash, long lastMillisecond, K key) {
    this.hash = hash;
    this.lastMillisecond = lastMillisecond;
    this.key = key;
  }

  boolean isOf(int otherHash, long otherLast, K otherKey) {
    return hash == otherHash && lastMillisecond == otherLast && key.equals(otherKey);
  }

  void set(A withOneMore) {
    accumulator = withOneMore;
    records++;
  }

  /** The records' key. */
  public K key() {
    return key;
  }

  /** All records in it; belongs to whoever received it. */
  public A accumulator() {
    return accumulator;
  }

  /** How many records are in it, at least one. */
  public int records() {
    return records;
  }
}
