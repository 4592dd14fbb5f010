package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The topics that are read change while they are. */
class InputFaultsSimulation {
  private static final long SEEDS = Long.getLong("seeds", 1_000);
  private static final long FIRST = Long.getLong("firstSeed", 1);
  private static final String REASON = "Retention or a deletion of records removed";

  @RegisterExtension final SimulatedRuns runs = new SimulatedRuns();

  @Tag("S23")
  @Tag("N21")
  @Test
  void shouldReadPartitionsThatAreAddedFromTheirFirstRecordWhateverGoesWrong() {
    Campaign campaign = new Campaign(seed -> Scenario.of(seed, new GrowingWorkload(seed)));

    runs.areClean("Partitions are added", campaign, FIRST, SEEDS);
  }

  @Tag("N24")
  @Test
  void shouldPutAsideOnceWhatCannotBeDecodedWhateverGoesWrong() {
    Campaign campaign = new Campaign(seed -> Scenario.of(seed, new PoisonWorkload(seed)));

    runs.areClean("Poison", campaign, FIRST, SEEDS / 3);
  }

  /**
   * The job cannot read for a while, and then it is too late. It stops each time it is started,
   * with the reason; or it had read everything before.
   */
  @Tag("S24")
  @Tag("N23")
  @Test
  void shouldStopAndSayWhyWhereRetentionHasRemovedWhatWasNotRead() {
    Stops stops = new Stops(runs, REASON);
    runs.seeds(1, SEEDS / 2)
        .forEach(
            seed -> {
              long at = seed * 7 % 1_200;
              FaultPlan aged =
                  new FaultPlan(List.of(new Fault.Outage(at, 400), new Fault.AgedOut(at + 300)));
              stops.judge(Scenario.of(seed, new AgedWorkload(seed)).with(aged));
            });

    System.out.println("Retention: " + stops);
    assertThat(stops.stopped()).isGreaterThan(runs.isReplay() ? -1 : (int) (SEEDS / 20));
    assertThat(stops.finished()).hasSizeGreaterThan(runs.isReplay() ? -1 : 0);
  }
}
