package dev.weir.testing.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts findings of each kind and keeps the first few as samples. Confined to one thread. */
final class FindingLog {
  private static final int SAMPLES_PER_KIND = 20;

  private final Map<Class<? extends Finding>, Long> counts = new HashMap<>();
  private final Map<Class<? extends Finding>, Integer> kept = new HashMap<>();
  private final List<Finding> samples = new ArrayList<>();

  void add(Finding finding) {
    counts.merge(finding.getClass(), finding.count(), Long::sum);
    if (kept.merge(finding.getClass(), 1, Integer::sum) <= SAMPLES_PER_KIND) {
      samples.add(finding);
    }
  }

  AuditReport report(String unit, long expected, long seen) {
    return new AuditReport(unit, expected, seen, counts, samples);
  }
}
