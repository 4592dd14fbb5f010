package dev.weir.internal.state;

import dev.weir.internal.base.Checks;
import java.util.Map;
import java.util.TreeMap;

/** How many rows a table has at each time, over all its layers. Confined to the task's thread. */
final class TimeIndex {
  private final TreeMap<Long, Count> counts = new TreeMap<>();
  private Count last = new Count();
  private long lastTime;

  void add(long time) {
    at(time).rows++;
  }

  void add(long time, long rows) {
    at(time).rows += rows;
  }

  private Count at(long time) {
    if (last.rows == 0 || lastTime != time) {
      last = counts.computeIfAbsent(time, absent -> new Count());
      lastTime = time;
    }
    return last;
  }

  void remove(long time) {
    Count count = counts.get(time);
    Checks.state(count != null, "A row of time %s was removed that was never counted", time);
    if (--count.rows == 0) {
      counts.remove(time);
    }
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** The smallest time; {@link Long#MAX_VALUE} if there is none. */
  long earliest() {
    Map.Entry<Long, Count> first = counts.firstEntry();
    return first == null ? Long.MAX_VALUE : first.getKey();
  }

  boolean has(long time) {
    return counts.containsKey(time);
  }

  private static final class Count {
    private long rows;
  }
}
