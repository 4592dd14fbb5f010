package dev.weir.testing.proof;

import java.util.function.Function;

/** Hunts for what is wrong with an engine in runs in which nothing else goes wrong. */
public final class CalmHunt implements Function<Long, String> {
  /** What was found within so many seeds; empty if nothing was. */
  @Override
  public String apply(Long seeds) {
    for (long seed = 1; seed <= seeds; seed++) {
      Scenario calm = TestWorkload.scenario(seed).with(FaultPlan.calm());
      Verdict verdict = new Run(calm, false).verdict();
      if (!verdict.isClean()) {
        return seed + ": " + String.join("; ", verdict.findings());
      }
    }
    return "";
  }
}
