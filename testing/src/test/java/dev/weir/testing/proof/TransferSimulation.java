package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Results of one record in two topics, made by two tasks, are committed together, whatever happens.
 * {@code -Dseeds=N} runs more, what fails says how to run it alone.
 */
class TransferSimulation {
  private static final long SEEDS = Long.getLong("seeds", 1_000);
  private static final long FIRST = Long.getLong("firstSeed", 1);

  @RegisterExtension final SimulatedRuns runs = new SimulatedRuns();

  @Test
  void shouldNeitherMakeNorLoseMoneyNorShowHalfATransferWhateverGoesWrong() {
    Campaign campaign = new Campaign(seed -> Scenario.of(seed, new TransferWorkload(seed)));

    runs.areClean("Transfers", campaign, FIRST, SEEDS);
    assertThat(campaign.deaths())
        .as("processes that died, in %d runs", SEEDS)
        .isGreaterThan(runs.isReplay() ? -1 : SEEDS / 3);
  }

  @Test
  void shouldNeitherMakeNorLoseMoneyNorShowHalfATransferWhereverItDies() {
    runs.areCleanWhereverItDies(
        "Transfers at each point", Scenario.of(2, new TransferWorkload(2)).withFirst(6));
  }
}
