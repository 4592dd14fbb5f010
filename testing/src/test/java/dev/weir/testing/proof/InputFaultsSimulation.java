package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The topics that are read change while they are. */
class InputFaultsSimulation {
  private static final long SEEDS = Long.getLong("seeds", 1_000);
  private static final long FIRST = Long.getLong("firstSeed", 1);
  private static final int THREADS = 2;
  private static final String UNFINISHED = "not finished";
  private static final String STOPPED = "SUSPENDED";
  private static final String REASON = "Retention or a deletion of records removed";

  private QuietRuns quiet;

  @BeforeEach
  void beQuiet() {
    quiet = new QuietRuns();
  }

  @AfterEach
  void speak() {
    quiet.close();
  }

  @Tag("S23")
  @Tag("N21")
  @Test
  void shouldReadPartitionsThatAreAddedFromTheirFirstRecordWhateverGoesWrong() {
    Campaign campaign = new Campaign(seed -> Scenario.of(seed, new GrowingWorkload(seed)));

    Optional<Long> failure = campaign.firstFailure(FIRST, SEEDS, THREADS);

    System.out.println("Partitions are added: " + campaign.summary());
    assertThat(failure.map(seed -> campaign.explain(seed, "seed " + seed))).isEmpty();
  }

  @Tag("N24")
  @Test
  void shouldPutAsideOnceWhatCannotBeDecodedWhateverGoesWrong() {
    Campaign campaign = new Campaign(seed -> Scenario.of(seed, new PoisonWorkload(seed)));

    Optional<Long> failure = campaign.firstFailure(FIRST, SEEDS / 3, THREADS);

    System.out.println("Poison: " + campaign.summary());
    assertThat(failure.map(seed -> campaign.explain(seed, "seed " + seed))).isEmpty();
  }

  /**
   * The job cannot read for a while, and then it is too late. It stops each time it is started,
   * with the reason; or it had read everything before.
   */
  @Tag("S24")
  @Tag("N23")
  @Test
  void shouldStopAndSayWhyWhereRetentionHasRemovedWhatWasNotRead() {
    int stopped = 0;
    int finished = 0;
    for (long seed = 1; seed <= SEEDS / 2; seed++) {
      long at = seed * 7 % 1_200;
      FaultPlan aged =
          new FaultPlan(List.of(new Fault.Outage(at, 400), new Fault.AgedOut(at + 300)));

      Verdict verdict =
          new Run(Scenario.of(seed, new AgedWorkload(seed)).with(aged), false).verdict();

      assertThat(verdict.findings())
          .as("seed %s: %s", seed, verdict.log())
          .allMatch(finding -> finding.startsWith(UNFINISHED));
      if (verdict.isClean()) {
        finished++;
      } else {
        assertThat(verdict.log())
            .as("how each start of seed %s ended", seed)
            .filteredOn(line -> line.contains(STOPPED))
            .isNotEmpty()
            .allMatch(line -> line.contains(REASON));
        stopped++;
      }
    }
    System.out.println("Retention: " + stopped + " stopped, " + finished + " finished");
    assertThat(stopped).isGreaterThan((int) (SEEDS / 20));
    assertThat(finished).isPositive();
  }
}
