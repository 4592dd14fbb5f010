package dev.weir.time;

import java.util.concurrent.TimeUnit;

/** The only source of time in the engine. Thread-safe; never blocks. */
public interface Clock {
  /**
   * @return wall-clock time, epoch milliseconds; may jump
   */
  long millis();

  /**
   * @return monotonic time in nanoseconds from an arbitrary origin
   */
  long nanos();

  /**
   * @return the machine's clock
   */
  static Clock system() {
    return SystemClock.INSTANCE;
  }

  /**
   * @return monotonic time in milliseconds from an arbitrary origin
   */
  default long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos());
  }
}
