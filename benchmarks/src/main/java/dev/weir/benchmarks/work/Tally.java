package dev.weir.benchmarks.work;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What sinks of W8 and W9 keep of the results: how many, the sum of the words that stand for them,
 * and when the last one came. One for each task, confined to its thread; what all of them had is
 * there once they are closed.
 */
public final class Tally implements AutoCloseable {
  /** Looks at the clock for sinks that have a result of each record. */
  public static final int EACH_64TH = 64;

  private static final AtomicLong ALL_RESULTS = new AtomicLong();
  private static final AtomicLong ALL_WORDS = new AtomicLong();
  private static final AtomicLong LAST_NANOS = new AtomicLong(Long.MIN_VALUE);

  private final int looks;
  private long results;
  private long words;
  private long lastNanos = Long.MIN_VALUE;
  private boolean isClosed;

  /** Looks at the clock with each of so many results; a power of two. */
  public Tally(int looks) {
    this.looks = looks;
  }

  /** Takes a result. */
  public void add(long word) {
    words += word;
    if ((++results & (looks - 1)) == 0) {
      lastNanos = System.nanoTime();
    }
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      ALL_RESULTS.addAndGet(results);
      ALL_WORDS.addAndGet(words);
      LAST_NANOS.accumulateAndGet(lastNanos, Math::max);
    }
  }

  /** What all of them in this process had, as of now. Thread-safe. */
  public static Results all() {
    return new Results(ALL_RESULTS.get(), ALL_WORDS.get());
  }

  /** When the last of all results came, by {@link System#nanoTime}. Thread-safe. */
  public static long lastNanos() {
    return LAST_NANOS.get();
  }
}
