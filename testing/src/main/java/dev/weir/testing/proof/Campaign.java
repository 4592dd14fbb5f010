package dev.weir.testing.proof;

import dev.weir.testing.sim.OneCore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Runs many seeds, several at a time, until one fails; each hundredth one twice, to see that it is
 * the same again. Thread-safe.
 */
final class Campaign {
  private static final int TWICE = 100;

  private final LongFunction<Scenario> scenarios;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong failed = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong runs = new AtomicLong();
  private final AtomicLong steps = new AtomicLong();
  private final AtomicLong strikes = new AtomicLong();
  private final AtomicLong deaths = new AtomicLong();
  private final AtomicLong turnedAway = new AtomicLong();
  private final AtomicLong savepoints = new AtomicLong();
  private final AtomicLong moves = new AtomicLong();
  private long end;

  Campaign(LongFunction<Scenario> scenarios) {
    this.scenarios = scenarios;
  }

  /** Runs these seeds; gives the lowest one that failed. */
  Optional<Long> firstFailure(long from, long count, int threads) {
    next.set(from);
    end = from + count;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int i = 0; i < threads; i++) {
        pool.execute(work(i));
      }
      pool.shutdown();
      boolean unused = pool.awaitTermination(1, TimeUnit.DAYS);
    } catch (InterruptedException e) {
      failed.set(Long.MIN_VALUE); // Nobody waits any more: end soon.
      Thread.currentThread().interrupt();
    }
    return failed.get() == Long.MAX_VALUE ? Optional.empty() : Optional.of(failed.get());
  }

  private Runnable work(int core) {
    return () -> {
      try {
        OneCore.keep(core);
        work();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private void work() {
    for (long seed = next.getAndIncrement();
        seed < end && seed < failed.get();
        seed = next.getAndIncrement()) {
      if (!isFine(seed)) {
        failed.accumulateAndGet(seed, Math::min);
      }
    }
  }

  /** What a run throws it throws again when it is explained. */
  private boolean isFine(long seed) {
    try {
      return isCleanAndTheSameAgain(seed);
    } catch (RuntimeException | Error broken) {
      return false;
    }
  }

  private boolean isCleanAndTheSameAgain(long seed) {
    Verdict verdict = new Run(scenarios.apply(seed), false).verdict();
    runs.incrementAndGet();
    steps.addAndGet(verdict.trace().steps());
    strikes.addAndGet(verdict.strikes());
    deaths.addAndGet(verdict.deaths());
    turnedAway.addAndGet(verdict.turnedAway());
    savepoints.addAndGet(verdict.savepoints());
    moves.addAndGet(verdict.lives() - 1L);
    return verdict.isClean() && (seed % TWICE != 0 || isSameAgain(seed, verdict));
  }

  private boolean isSameAgain(long seed, Verdict verdict) {
    Verdict again = new Run(scenarios.apply(seed), false).verdict();
    return again.trace().hash() == verdict.trace().hash();
  }

  /** Figures in a line. */
  String summary() {
    return String.format(
        "%s runs, %s steps, %s times struck, %s deaths", runs, steps, strikes, deaths);
  }

  /** How many processes died of a fault, each at a step of its own. */
  long deaths() {
    return deaths.get();
  }

  /** How many requests found no leader, or one that was going away. */
  long turnedAway() {
    return turnedAway.get();
  }

  /** How many savepoints were taken. */
  long savepoints() {
    return savepoints.get();
  }

  /** How many times a job has begun another life from a savepoint. */
  long moves() {
    return moves.get();
  }

  /** What is wrong with a seed that failed, made small; with the command that replays it. */
  String explain(long seed, String command) {
    Scenario scenario = scenarios.apply(seed);
    Verdict first = new Run(scenario, false).verdict();
    if (first.isClean()) {
      return "seed "
          + seed
          + " took another course the second time: something is not behind a port; again with: "
          + command
          + built();
    }
    Scenario small =
        new Shrinking(scenario, s -> !new Run(s, false).verdict().isClean()).smallest();
    Verdict verdict = new Run(small, true).verdict();
    return String.join(
        System.lineSeparator(),
        "seed " + seed + " fails; again with: " + command + built(),
        "  found: " + String.join("; ", verdict.findings()),
        "  faults: " + small.plan().faults() + ", of " + scenario.plan().faults().size(),
        "  records: " + small.input().size() + ", of " + scenario.input().size(),
        "  story: " + String.join("; ", verdict.log()));
  }

  /** A seed shows the same only in the same code. */
  private static String built() {
    return Commit.of(Path.of("")).map(commit -> " (of commit " + commit + ")").orElse("");
  }
}
