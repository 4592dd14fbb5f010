package dev.weir.testing.proof;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Looks for the first seed that fails; loaded together with a mutated engine. */
public class Hunt implements Function<Long, String> {
  private static final int THREADS = 2;

  private final LongFunction<Scenario> scenarios;

  /** In the ordinary runs. */
  public Hunt() {
    this(TestWorkload::scenario);
  }

  Hunt(LongFunction<Scenario> scenarios) {
    this.scenarios = scenarios;
  }

  /** What was found within so many seeds, as "seed: finding"; empty if nothing was. */
  @Override
  public String apply(Long seeds) {
    Campaign campaign = new Campaign(scenarios);
    Optional<Long> seed = campaign.firstFailure(1, seeds, THREADS);
    return seed.map(found -> found + ": " + firstFinding(found)).orElse("");
  }

  private String firstFinding(long seed) {
    Verdict verdict = new Run(scenarios.apply(seed), false).verdict();
    return verdict.findings().isEmpty()
        ? "another course the second time"
        : verdict.findings().get(0).lines().findFirst().orElse("");
  }
}
