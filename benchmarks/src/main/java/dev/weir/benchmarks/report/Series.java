package dev.weir.benchmarks.report;

import java.util.List;

/**
 * The values of one figure in all good runs of one engine.
 *
 * @param sorted rising
 */
record Series(List<Double> sorted) {
  Series {
    sorted = sorted.stream().sorted().toList();
  }

  boolean isEmpty() {
    return sorted.isEmpty();
  }

  double min() {
    return sorted.get(0);
  }

  double max() {
    return sorted.get(sorted.size() - 1);
  }

  double median() {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
