package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Stages that read several others, and state of tasks, while processes die and come back with
 * another parallelism. {@code -Dseeds=N} runs more, what fails says how to run it alone.
 */
class SeveralInputsSimulation {
  private static final long SEEDS = Long.getLong("seeds", 3_000);
  private static final long FIRST = Long.getLong("firstSeed", 1);
  @RegisterExtension final SimulatedRuns runs = new SimulatedRuns();

  @Test
  void shouldCountEachRecordAndRuleOnceWhateverGoesWrong() {
    Campaign campaign = new Campaign(seed -> Scenario.of(seed, new RuledWorkload(seed)));

    runs.areClean("Simulation of several inputs", campaign, FIRST, SEEDS);
    assertThat(campaign.deaths())
        .as("processes that died, in %d runs", SEEDS)
        .isGreaterThan(runs.isReplay() ? -1 : SEEDS / 2);
  }

  @Test
  void shouldCountEachRecordAndRuleOnceWhereverItDies() {
    runs.areCleanWhereverItDies(
        "Several inputs at each point", Scenario.of(2, new RuledWorkload(2)).withFirst(8));
  }
}
