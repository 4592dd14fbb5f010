package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.proof.TestWorkload.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Changes the parallelism of jobs in the simulated room, while other things go wrong. {@code
 * -Dseeds=N} runs more, {@code -Dseed=N} runs one and tells its story.
 */
class RescaleSimulation {
  private static final long SEEDS = Long.getLong("seeds", 5_000);
  private static final long FIRST = Long.getLong("firstSeed", 1);
  private static final int THREADS = 2;
  private static final int SMALL = 2;
  private static final String COMMAND =
      "./mvnw -pl testing -am test -Dtest=RescaleSimulation"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  private QuietRuns quiet;

  @BeforeEach
  void beQuiet() {
    quiet = new QuietRuns();
  }

  @AfterEach
  void speak() {
    quiet.close();
  }

  @Tag("N34")
  @Test
  void shouldLoseDoubleAndReorderNothingWhateverGoesWrongAroundARescale() {
    Campaign campaign =
        new Campaign(seed -> TestWorkload.scenario(seed).with(FaultPlan.rescaling(seed)));
    Long one = Long.getLong("seed");

    Optional<Long> failure =
        one == null
            ? campaign.firstFailure(FIRST, SEEDS, THREADS)
            : campaign.firstFailure(one, 1, 1);

    System.out.println("Rescales: " + campaign.summary());
    assertThat(failure.map(seed -> campaign.explain(seed, COMMAND + " -Dseed=" + seed))).isEmpty();
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

    Optional<Long> failure = deaths.firstFailure(0, steps, THREADS);

    assertThat(failure.map(step -> deaths.explain(step, "step " + step))).isEmpty();
  }
}
