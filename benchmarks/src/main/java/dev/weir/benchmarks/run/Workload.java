package dev.weir.benchmarks.run;

import dev.weir.benchmarks.check.ClicksCheck;
import dev.weir.benchmarks.check.IdsCheck;
import dev.weir.benchmarks.check.OutputCheck;
import dev.weir.benchmarks.check.TotalsCheck;

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
  W7("start and idle", 1000, 1000, 60);

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

  /** Usual number of records. */
  public long usualCount() {
    return count;
  }

  /** Usual interval of checkpoints, ms. */
  public int usualIntervalMillis() {
    return intervalMillis;
  }

  /** Usual bound of a run, from the start of the engine. */
  public int usualTimeoutSeconds() {
    return timeoutSeconds;
  }

  boolean needsBroker() {
    return this != W6;
  }

  /** The check of its output of so many records. */
  OutputCheck check(long records) {
    return switch (this) {
      case W1 -> new ClicksCheck(records);
      case W3 -> new TotalsCheck(records);
      default -> new IdsCheck(records);
    };
  }
}
