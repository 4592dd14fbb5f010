package dev.weir.testing.proof;

import java.util.List;
import java.util.function.Function;

/**
 * Hunts for what is wrong with an engine in runs whose first process stands still somewhere, and
 * wakes up beside its successor.
 */
public final class ZombieHunt implements Function<Long, String> {
  private static final long STEPS = 1_500;
  private static final long STRIDE = 37;
  private static final long SHORTEST_MILLIS = 150;
  private static final long SPREAD_MILLIS = 600;

  /** What was found within so many seeds; empty if nothing was. */
  @Override
  public String apply(Long seeds) {
    for (long seed = 1; seed <= seeds; seed++) {
      Fault still =
          new Fault.Freeze(
              0, 1 + seed * STRIDE % STEPS, SHORTEST_MILLIS + seed % SPREAD_MILLIS, true);
      Scenario scenario = TestWorkload.scenario(seed).with(new FaultPlan(List.of(still)));
      Verdict verdict = new Run(scenario, false).verdict();
      if (!verdict.isClean()) {
        return seed + ": " + verdict.findings().get(0).lines().findFirst().orElse("");
      }
    }
    return "";
  }
}
