package dev.weir.internal.state.kind;

import dev.weir.time.Clock;
import java.util.concurrent.TimeUnit;

/** Stands still until it is told to go on. */
final class ManualClock implements Clock {
  private long millis = 1_000_000;

  void advance(long byMillis) {
    millis += byMillis;
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public long nanos() {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
