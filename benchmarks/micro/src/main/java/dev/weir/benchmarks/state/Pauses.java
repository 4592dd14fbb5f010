package dev.weir.benchmarks.state;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * How long the turns of a task last: those that take a barrier, those that hear of a completion,
 * and those that take records. What the garbage collector stops is in them. Confined to the task's
 * thread.
 */
final class Pauses {
  final Durations barriers = new Durations();
  final Durations completions = new Durations();
  final Durations during = new Durations();
  final Durations between = new Durations();
  private final long collecting = collectingMillis();
  private final long begun = System.nanoTime();

  private static long collectingMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(bean -> Math.max(0, bean.getCollectionTime()))
        .sum();
  }

  void print(String what) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    System.out.printf(
        "%n%s, %d ms, %d ms of them for the garbage collector%n%n",
        what, millis, collectingMillis() - collecting);
    System.out.println(
        "| turn | number | p50, ms | p99, ms | greatest, ms | stopped by the collector |"
            + " p99 of the others, ms | p99 of its CPU, ms |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    System.out.println("| barrier: the state is cut | " + barriers.cells() + " |");
    System.out.println("| completion is told | " + completions.cells() + " |");
    System.out.println("| 256 records, rows are written or sink | " + during.cells() + " |");
    System.out.println("| 256 records, nothing else | " + between.cells() + " |");
  }
}
