package dev.weir.internal.time;

/**
 * Event time of one split: the greatest timestamp seen, and when a record was last seen. Confined
 * to the task thread.
 */
public final class SplitClock {
  private long maxTimestamp;
  private long lastRecordMillis;
  private boolean sawRecord;

  SplitClock(long maxTimestamp, long nowMillis) {
    this.maxTimestamp = maxTimestamp;
    this.lastRecordMillis = nowMillis;
  }

  /** Takes a record's event time, epoch milliseconds. */
  public void record(long timestamp) {
    sawRecord = true;
    if (timestamp > maxTimestamp) {
      maxTimestamp = timestamp;
    }
  }

  /** Greatest timestamp so far; {@link Long#MIN_VALUE} before the first record. */
  public long maxTimestamp() {
    return maxTimestamp;
  }

  boolean isIdle(long nowMillis, long idleAfterMillis) {
    if (sawRecord) {
      sawRecord = false;
      lastRecordMillis = nowMillis;
    }
    return nowMillis - lastRecordMillis >= idleAfterMillis;
  }

  /** For how long it is not idle yet, if no record comes; as of the last {@link #isIdle}. */
  long millisToIdle(long nowMillis, long idleAfterMillis) {
    return idleAfterMillis - (nowMillis - lastRecordMillis);
  }
}
