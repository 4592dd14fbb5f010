package dev.weir.testing.proof;

import java.util.List;

/**
 * All that a run depends on. Immutable.
 *
 * @param seed of the scheduler
 * @param workload what runs
 * @param input what it reads; the workload's, or the beginning of it
 * @param plan what goes wrong
 */
record Scenario(long seed, Workload workload, List<Input> input, FaultPlan plan) {
  static Scenario of(long seed, Workload workload) {
    return new Scenario(seed, workload, workload.input(), FaultPlan.of(seed));
  }

  Scenario with(FaultPlan other) {
    return new Scenario(seed, workload, input, other);
  }

  Scenario withFirst(int records) {
    return new Scenario(seed, workload, input.subList(0, records), plan);
  }
}
