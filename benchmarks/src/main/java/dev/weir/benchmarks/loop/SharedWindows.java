package dev.weir.benchmarks.loop;

import dev.weir.benchmarks.work.ClickJson;
import dev.weir.benchmarks.work.ClickPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** W1's open windows, shared by all threads; a lock per batch. Thread-safe. */
final class SharedWindows {
  private final TreeMap<Long, Map<String, Long>> windows = new TreeMap<>();
  private final long[] newest;

  SharedWindows(int partitions) {
    this.newest = new long[partitions];
  }

  /** Adds a batch's counts; the results of windows that the slowest partition has passed. */
  synchronized List<byte[]> add(
      Map<Long, Map<String, long[]>> counts, Map<Integer, Long> newestTimes) {
    newestTimes.forEach((p, time) -> newest[p] = Math.max(newest[p], time));
    counts.forEach(
        (window, pages) -> {
          Map<String, Long> all = windows.computeIfAbsent(window, w -> new HashMap<>());
          pages.forEach((page, count) -> all.merge(page, count[0], Long::sum));
        });
    return closed(Arrays.stream(newest).min().orElseThrow() - ClickPlan.LATENESS_MILLIS);
  }

  private List<byte[]> closed(long watermark) {
    List<byte[]> results = new ArrayList<>();
    while (!windows.isEmpty() && windows.firstKey() + ClickPlan.WINDOW_MILLIS <= watermark) {
      Map.Entry<Long, Map<String, Long>> window = windows.pollFirstEntry();
      window
          .getValue()
          .forEach((page, count) -> results.add(ClickJson.count(window.getKey(), page, count)));
    }
    return results;
  }
}
