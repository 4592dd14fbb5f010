package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Stages that read several others, and state of tasks, while processes die and come back with
 * another parallelism. {@code -Dseeds=N} runs more, {@code -Dseed=N} runs one.
 */
class SeveralInputsSimulation {
  private static final long SEEDS = Long.getLong("seeds", 3_000);
  private static final long FIRST = Long.getLong("firstSeed", 1);
  private static final int THREADS = 2;
  private static final String COMMAND =
      "./mvnw -pl testing -am test -Dtest=SeveralInputsSimulation"
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

  @Test
  void shouldCountEachRecordAndRuleOnceWhateverGoesWrong() {
    Campaign campaign = new Campaign(seed -> Scenario.of(seed, new RuledWorkload(seed)));
    Long one = Long.getLong("seed");

    Optional<Long> failure =
        one == null
            ? campaign.firstFailure(FIRST, SEEDS, THREADS)
            : campaign.firstFailure(one, 1, 1);

    System.out.println("Simulation of several inputs: " + campaign.summary());
    assertThat(failure.map(seed -> campaign.explain(seed, COMMAND + " -Dseed=" + seed))).isEmpty();
    assertThat(campaign.deaths())
        .as("processes that died, in %d runs", SEEDS)
        .isGreaterThan(one == null ? SEEDS / 2 : -1);
  }

  @Test
  void shouldCountEachRecordAndRuleOnceWhereverItDies() {
    Scenario smallest = Scenario.of(2, new RuledWorkload(2)).withFirst(8);
    Verdict calm = new Run(smallest.with(FaultPlan.calm()), false).verdict();
    Campaign campaign =
        new Campaign(
            step -> smallest.with(new FaultPlan(List.of(new Fault.Kill(0, step, step % 2 == 0)))));

    Optional<Long> failure = campaign.firstFailure(1, calm.stepsOfFirst(), THREADS);

    assertThat(calm.findings()).isEmpty();
    assertThat(failure.map(step -> campaign.explain(step, "point " + step))).isEmpty();
  }
}
