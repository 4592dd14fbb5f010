package dev.weir.testing.audit;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an audit has found. Immutable.
 *
 * @param unit what is counted: records or windows
 * @param expected how many were expected
 * @param seen how many were there
 * @param counts of findings by kind, in units; kinds without findings are absent
 * @param samples the first findings of each kind, in the order found
 */
public record AuditReport(
    String unit,
    long expected,
    long seen,
    Map<Class<? extends Finding>, Long> counts,
    List<Finding> samples) {

  /** Copies the collections. */
  public AuditReport {
    counts = Map.copyOf(counts);
    samples = List.copyOf(samples);
  }

  /**
   * @return whether everything is as expected
   */
  public boolean isClean() {
    return counts.isEmpty();
  }

  /**
   * @param kind a kind of finding
   * @return how many records or windows it concerns; 0 for none
   */
  public long count(Class<? extends Finding> kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /**
   * @throws AssertionError with {@link #describe} unless the report is clean
   */
  public void requireClean() {
    if (!isClean()) {
      throw new AssertionError(describe());
    }
  }

  /**
   * @return one line for a clean topic; else the counts and the samples, a line for each
   */
  public String describe() {
    String totals = "expected " + expected + " " + unit + ", seen " + seen;
    if (isClean()) {
      return "clean: " + totals;
    }
    String kinds =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().getSimpleName())
            .sorted()
            .collect(Collectors.joining(", "));
    return samples.stream()
        .map(finding -> System.lineSeparator() + "  " + finding.describe())
        .collect(Collectors.joining("", "not clean: " + totals + "; " + kinds, ""));
  }
}
