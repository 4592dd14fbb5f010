package dev.weir.testing.audit;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many records each tumbling window of each key must count. Counts by itself, apart from the
 * engine, so that an error there does not hide here. Confined to one thread.
 */
public final class ExpectedWindows {
  private final long sizeMillis;
  private final Map<WindowKey, Long> counts = new HashMap<>();

  private ExpectedWindows(long sizeMillis) {
    this.sizeMillis = sizeMillis;
  }

  /**
   * @param size of each window; windows are aligned to the epoch
   * @return no windows yet
   */
  public static ExpectedWindows tumbling(Duration size) {
    return new ExpectedWindows(size.toMillis());
  }

  /**
   * One record that is in time.
   *
   * @param key its key
   * @param timestamp its event time, epoch milliseconds
   * @return this
   */
  public ExpectedWindows add(String key, long timestamp) {
    WindowKey window = new WindowKey(key, timestamp - Math.floorMod(timestamp, sizeMillis));
    counts.merge(window, 1L, Long::sum);
    return this;
  }

  /**
   * @return the count of each window that has any
   */
  public Map<WindowKey, Long> all() {
    return Collections.unmodifiableMap(counts);
  }

  /**
   * The windows that have fired when the watermark is there: those that end at it or before.
   *
   * @param watermark event time up to which all is known, epoch milliseconds
   * @return the count of each such window
   */
  public Map<WindowKey, Long> closedBy(long watermark) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().start() + sizeMillis - 1 <= watermark)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
