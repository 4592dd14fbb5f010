package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.proof.TestWorkload.Kind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Savepoints of jobs in the simulated room, and other lives that begin from them, while other
 * things go wrong. {@code -Dseeds=N} runs more; what fails says how to run it alone.
 */
class SavepointSimulation {
  private static final long SEEDS = Long.getLong("seeds", 2_000);
  private static final long FIRST = Long.getLong("firstSeed", 1);
  private static final int SMALL = 2;

  @RegisterExtension final SimulatedRuns runs = new SimulatedRuns();

  @Tag("S05")
  @Tag("S06")
  @Tag("N35")
  @Test
  void shouldLoseDoubleAndReorderNothingWhateverGoesWrongAroundASavepoint() {
    Campaign campaign = new Campaign(SavepointHunt::scenario);

    runs.areClean("Savepoints", campaign, FIRST, SEEDS);

    System.out.println(campaign.savepoints() + " savepoints, " + campaign.moves() + " moves");
    assertThat(campaign.savepoints()).isGreaterThan(runs.isReplay() ? -1 : SEEDS * 2 / 5);
    assertThat(campaign.moves()).isGreaterThan(runs.isReplay() ? -1 : SEEDS / 10);
  }

  /** The one that is stopped, and the one that begins from its savepoint. */
  @Tag("S05")
  @Tag("N35")
  @Test
  void shouldLoseAndDoubleNothingAtWhateverStepOfAStopOrOfTheNextLifeItDies() {
    Scenario calm =
        Scenario.of(SMALL, new TestWorkload(Kind.COUNTED, SMALL))
            .withFirst(8)
            .with(
                new FaultPlan(
                    List.of(new Fault.Savepoint(60, false), new Fault.Savepoint(120, true))));
    Verdict verdict = new Run(calm, false).verdict();
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.lives()).as("lives: %s", verdict.log()).isEqualTo(2);
    assertThat(verdict.savepoints()).as("savepoints: %s", verdict.log()).isEqualTo(2);
    long steps = verdict.stepsOfFirst();
    Campaign deaths =
        new Campaign(
            n ->
                calm.with(
                    calm.plan()
                        .with(new Fault.Kill((int) (n / steps), 1 + n % steps, n % 2 == 0))));

    runs.areClean("Death around a savepoint", deaths, 0, 2 * steps);
  }
}
