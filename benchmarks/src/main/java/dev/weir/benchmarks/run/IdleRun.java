package dev.weir.benchmarks.run;

import dev.weir.benchmarks.machine.EngineProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * W7: from the start to the first record; then the CPU time and threads of having nothing to do.
 */
record IdleRun(EngineStart start, BenchBroker broker, Outcome outcome) {
  private static final int IDLE_SECONDS = 20;
  private static final int SETTLE_SECONDS = 5;
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Threads of the JVM itself: collectors, compilers and the like. */
  private static final Pattern OF_THE_JVM =
      Pattern.compile(
          "java|GC .*|G1 .*|VM .*|C[12] .*|Sweeper.*|Signal.*|Finalizer|Reference.*|Service.*|"
              + "Monitor.*|Notif.*|Common-.*|Attach.*|DestroyJavaVM|");

  void run() throws Exception {
    broker.create(start.out());
    try (EngineProcess engine = start.start()) {
      long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(start.settings().timeoutSeconds());
      while (engine.firstNanos().isEmpty()) {
        if (engine.exitCode().isPresent() || System.nanoTime() > limit) {
          outcome.isVoid(start.failure("no record came to user code", engine));
          return;
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
      outcome.number("first_s", (engine.firstNanos().getAsLong() - engine.startedNanos()) / NANOS);
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      double cpu = engine.cpuSeconds();
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      List<String> threads = engine.threads();
      outcome.number("idle_cores", (engine.cpuSeconds() - cpu) / IDLE_SECONDS);
      outcome.number(
          "threads", threads.stream().filter(name -> !OF_THE_JVM.matcher(name).matches()).count());
      outcome.number("all_threads", threads.size());
      outcome.number("rss_mib", engine.peakMemoryMiB());
    }
  }
}
