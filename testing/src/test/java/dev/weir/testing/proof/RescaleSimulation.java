package dev.weir.testing.proof;

import dev.weir.testing.proof.TestWorkload.Kind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Changes the parallelism of jobs in the simulated room, while other things go wrong. {@code
 * -Dseeds=N} runs more, what fails says how to run it alone.
 */
class RescaleSimulation {
  private static final long SEEDS = Long.getLong("seeds", 5_000);
  private static final long FIRST = Long.getLong("firstSeed", 1);
  private static final int SMALL = 2;
  @RegisterExtension final SimulatedRuns runs = new SimulatedRuns();

  @Tag("N34")
  @Test
  void shouldLoseDoubleAndReorderNothingWhateverGoesWrongAroundARescale() {
    Campaign campaign =
        new Campaign(seed -> TestWorkload.scenario(seed).with(FaultPlan.rescaling(seed)));

    runs.areClean("Rescales", campaign, FIRST, SEEDS);
  }

  @Tag("N34")
  @Test
  void shouldLoseAndDoubleNothingAtWhateverStepOfARescaleItDies() {
    List<Fault> rescales =
        List.of(new Fault.Rescale(60, 4), new Fault.Rescale(160, 1), new Fault.Rescale(260, 3));
    Scenario calm =
        Scenario.of(SMALL, new TestWorkload(Kind.COUNTED, SMALL)).with(new FaultPlan(rescales));
    long steps = new Run(calm, false).verdict().stepsOfFirst();
    Campaign deaths =
        new Campaign(
            step ->
                calm.with(
                    new FaultPlan(
                        List.of(
                            rescales.get(0),
                            rescales.get(1),
                            rescales.get(2),
                            new Fault.Kill(0, 1 + step, step % 2 == 0)))));

    runs.areClean("Death around a rescale", deaths, 0, steps);
  }
}
