package dev.weir.benchmarks.run;

import dev.weir.benchmarks.check.ClicksCheck;
import dev.weir.benchmarks.check.IdsCheck;
import dev.weir.benchmarks.check.OutputCheck;
import dev.weir.benchmarks.check.ResultsCheck;
import dev.weir.benchmarks.check.TotalsCheck;
import dev.weir.benchmarks.work.Results;
import java.util.Optional;

/** What an engine is made to do. */
public enum Workload {
  /** Click count: JSON, windows of 15 s of event time. */
  W1("click count", 32_000_000, 1000, 200),
  /** Records of 100 bytes passed through one map. */
  W2("pass-through", 20_000_000, 1000, 200),
  /** Sums and last filler of 5 million keys. */
  W3("big state", 10_000_000, 10_000, 200),
  /** W2 at a fixed rate: how late records are. */
  W4("latency", 0, 1000, 90),
  /** W4 with a kill: how long until there is new output. */
  W5("recovery", 0, 1000, 90),
  /** A million keys in the process, no Kafka. */
  W6("engine alone", 10_000_000, 1000, 90),
  /** From the start to the first record, and then nothing to do. */
  W7("start and idle", 1000, 1000, 60),
  /** Sums of 100 bytes for each of some keys, no Kafka. */
  W8("keyed sum", 30_000_000, 1000, 300),
  /** Counts in event-time windows for each of some keys, no Kafka. */
  W9("windowed count", 30_000_000, 1000, 300);

  /** So many are as much state as W3's, which is written less often. */
  private static final int MANY_KEYS = 1_000_000;

  private static final int FEW_KEYS = 1000;

  private final String title;
  private final long count;
  private final int intervalMillis;
  private final int timeoutSeconds;

  Workload(String title, long count, int intervalMillis, int timeoutSeconds) {
    this.title = title;
    this.count = count;
    this.intervalMillis = intervalMillis;
    this.timeoutSeconds = timeoutSeconds;
  }

  /** What it is, in two words. */
  public String title() {
    return title;
  }

  /** Usual number of records: with few keys they go faster, with many slower. */
  public long usualCount(int keys) {
    if (!hasKeys()) {
      return count;
    }
    return isBig(keys) ? count / 3 : keys < FEW_KEYS ? count * 2 : count;
  }

  /** Usual interval of checkpoints, ms. */
  public int usualIntervalMillis(int keys) {
    return hasKeys() && isBig(keys) ? W3.intervalMillis : intervalMillis;
  }

  /** Whether the number of keys can be chosen. */
  boolean hasKeys() {
    return this == W8 || this == W9;
  }

  /** Whether its state needs more heap than usual. */
  boolean isBig(int keys) {
    return this == W3 || (hasKeys() && keys >= MANY_KEYS);
  }

  /** Usual bound of a run, from the start of the engine. */
  public int usualTimeoutSeconds() {
    return timeoutSeconds;
  }

  boolean needsBroker() {
    return this != W6 && !hasKeys();
  }

  /** The check of its output of so many records. */
  OutputCheck check(long records) {
    return switch (this) {
      case W1 -> new ClicksCheck(records);
      case W3 -> new TotalsCheck(records);
      default -> new IdsCheck(records);
    };
  }

  /** What must come out where Kafka does not hold it; empty if nothing is asked of it. */
  Optional<Results> results(long records, int keys) {
    return switch (this) {
      case W8 -> Optional.of(ResultsCheck.keyedSums(records, keys));
      case W9 -> Optional.of(ResultsCheck.windowCounts(records, keys));
      default -> Optional.empty();
    };
  }
}
