package dev.weir.sample.clickcount.generator;

import java.util.concurrent.TimeUnit;

/**
 * How many clicks should have been sent by when. A sender that was held up catches up. Immutable.
 *
 * @param perSecond clicks per second
 */
record Pace(int perSecond) {
  Pace {
    if (perSecond < 1) {
      throw new IllegalArgumentException("A pace needs at least 1 click/s, got " + perSecond);
    }
  }

  long dueAfter(long nanos) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
    long rest = nanos - TimeUnit.SECONDS.toNanos(seconds);
    return seconds * perSecond + rest * perSecond / TimeUnit.SECONDS.toNanos(1);
  }
}
