package dev.weir.benchmarks.state;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Durations, kept one by one, with what the thread itself took of them and whether the collector
 * stopped it meanwhile. Confined to one thread.
 */
final class Durations {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final List<GarbageCollectorMXBean> COLLECTORS =
      ManagementFactory.getGarbageCollectorMXBeans();

  private long[] nanos = new long[1024];
  private long[] cpuNanos = new long[1024];
  private boolean[] isStopped = new boolean[1024];
  private int count;

  /** A moment from which something is measured. */
  record Start(long nanos, long cpuNanos, long collections) {
    static Start now() {
      return new Start(System.nanoTime(), cpu(), collected());
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long collected() {
    long collections = 0;
    for (GarbageCollectorMXBean collector : COLLECTORS) {
      collections += collector.getCollectionCount();
    }
    return collections;
  }

  /** Adds what lasted from then until now. */
  void add(Start start) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
      cpuNanos = Arrays.copyOf(cpuNanos, 2 * count);
      isStopped = Arrays.copyOf(isStopped, 2 * count);
    }
    nanos[count] = System.nanoTime() - start.nanos();
    cpuNanos[count] = cpu() - start.cpuNanos();
    isStopped[count++] = collected() != start.collections();
  }

  /**
   * Number, median, 99th percentile and greatest, in milliseconds; how many the collector stopped,
   * the 99th percentile of the others, and of the CPU that the thread took for each; as cells of a
   * table.
   */
  String cells() {
    if (count == 0) {
      return "0 | - | - | - | - | - | -";
    }
    int[] free = IntStream.range(0, count).filter(i -> !isStopped[i]).toArray();
    long[] all = sorted(Arrays.stream(nanos, 0, count));
    return String.format(
        Locale.ROOT,
        "%d | %.2f | %.2f | %.1f | %d | %.2f | %.2f",
        count,
        millis(all, 0.5),
        millis(all, 0.99),
        millis(all, 1),
        count - free.length,
        millis(sorted(Arrays.stream(free).mapToLong(i -> nanos[i])), 0.99),
        millis(sorted(Arrays.stream(cpuNanos, 0, count)), 0.99));
  }

  private static long[] sorted(LongStream durations) {
    return durations.sorted().toArray();
  }

  private static double millis(long[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / NANOS_PER_MILLI;
  }
}
