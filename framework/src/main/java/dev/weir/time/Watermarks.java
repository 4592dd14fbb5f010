package dev.weir.time;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How event time is found in a source's records and how far out of order they may be. Watermarks
 * are made per split (Kafka partition) and combined by the minimum. Immutable.
 *
 * @param <T> type of the source's values
 */
public final class Watermarks<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long outOfOrdernessMillis;
  private final TimestampAssigner<T> timestamps;
  private final Duration idleAfter;

  private Watermarks(long outOfOrdernessMillis, TimestampAssigner<T> timestamps, Duration idle) {
    this.outOfOrdernessMillis = outOfOrdernessMillis;
    this.timestamps = timestamps;
    this.idleAfter = idle;
  }

  /**
   * The watermark of a split is its greatest timestamp so far, less the bound, less one
   * millisecond.
   *
   * @param bound how much older than the newest a record may be and still count; at least 0
   * @param <T> type of the source's values
   * @return watermarks that take their timestamps from the source (for Kafka: the record's
   *     timestamp)
   */
  public static <T> Watermarks<T> boundedOutOfOrderness(Duration bound) {
    if (bound.isNegative()) {
      throw new IllegalArgumentException("Out-of-orderness must not be negative, got " + bound);
    }
    return new Watermarks<>(bound.toMillis(), (value, sourceTimestamp) -> sourceTimestamp, null);
  }

  /**
   * @param assigner finds the event time in a value
   * @return the same with timestamps from the values
   */
  public Watermarks<T> timestamps(ValueTimestamp<? super T> assigner) {
    Objects.requireNonNull(assigner, "assigner");
    return new Watermarks<>(
        outOfOrdernessMillis, (value, source) -> assigner.timestamp(value), idleAfter);
  }

  /**
   * A split without records for this long no longer holds back the watermark. When all splits are
   * silent, it goes on to the furthest of theirs.
   *
   * @param duration processing time; above 0
   * @return the same with idleness
   */
  public Watermarks<T> idleAfter(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("Idleness must be above zero, got " + duration);
    }
    return new Watermarks<>(outOfOrdernessMillis, timestamps, duration);
  }

  /**
   * @return the bound, milliseconds
   */
  public long outOfOrdernessMillis() {
    return outOfOrdernessMillis;
  }

  /**
   * @return finds the event time of a record
   */
  public TimestampAssigner<T> timestampAssigner() {
    return timestamps;
  }

  /**
   * @return after how long without records a split is idle; empty: never
   */
  public Optional<Duration> idleAfter() {
    return Optional.ofNullable(idleAfter);
  }

  /**
   * Finds the event time in a value.
   *
   * @param <T> type of the values
   */
  @FunctionalInterface
  public interface ValueTimestamp<T> extends Serializable {
    /**
     * @param value the value
     * @return its event time, epoch milliseconds
     */
    long timestamp(T value);
  }

  /**
   * Finds the event time of a record.
   *
   * @param <T> type of the values
   */
  @FunctionalInterface
  public interface TimestampAssigner<T> extends Serializable {
    /**
     * @param value the value
     * @param sourceTimestamp the timestamp the source gave, epoch milliseconds
     * @return the event time, epoch milliseconds
     */
    long timestamp(T value, long sourceTimestamp);
  }
}
