package dev.weir.internal.channel;

import dev.weir.internal.element.RecordBatch;
import java.util.concurrent.TimeUnit;

/**
 * Bounds in time what waits in front of a task, so that a barrier is never far behind: a slow
 * reader gets short queues, a fast one long ones. Pure; confined to the reading task.
 *
 * <p>The idea is that of Flink's buffer debloating (FLIP-183): measure what the reader takes per
 * time and let no more wait than it takes in {@value #TARGET_MILLIS} ms. We bound records instead
 * of bytes, and start small, as the first queues fill before anything is measured.
 */
final class QueueBound {
  static final Limit FIRST = new Limit(8, 4);

  private static final long TARGET_MILLIS = 200;
  private static final long TARGET_NANOS = TimeUnit.MILLISECONDS.toNanos(TARGET_MILLIS);
  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LEAST_WITHOUT_BACKLOG = 64;

  private final int channels;
  private Limit limit = FIRST;
  private long windowStart = Long.MIN_VALUE;
  private long records;
  private boolean hasBacklog = true;

  QueueBound(int channels) {
    this.channels = channels;
  }

  /** Records were taken. */
  void taken(int count) {
    records += count;
  }

  /** There was nothing to take. */
  void empty() {
    hasBacklog = false;
  }

  /** What may wait in each channel from now on. */
  Limit limitAt(long nowNanos) {
    if (windowStart == Long.MIN_VALUE) {
      windowStart = nowNanos;
    }
    long elapsed = nowNanos - windowStart;
    if (elapsed >= WINDOW_NANOS) {
      limit = limitAfter((double) records * TARGET_NANOS / elapsed / channels);
      windowStart = nowNanos;
      records = 0;
      hasBacklog = true;
    }
    return limit;
  }

  private Limit limitAfter(double perTarget) {
    // Without a backlog the reader would have taken more: let the queue grow until it shows.
    double allowed = hasBacklog ? perTarget : Math.max(LEAST_WITHOUT_BACKLOG, 2 * perTarget);
    if (allowed < 2) {
      return new Limit(1, 1);
    }
    int elements = (int) Math.max(2, Math.min(Channel.SLOTS, allowed / RecordBatch.CAPACITY));
    int batch = (int) Math.min(RecordBatch.CAPACITY, allowed / elements);
    return new Limit(elements, batch);
  }

  /**
   * What may wait in one channel.
   *
   * @param elements batches, watermarks and barriers
   * @param batchRecords records of a batch
   */
  record Limit(int elements, int batchRecords) {}
}
