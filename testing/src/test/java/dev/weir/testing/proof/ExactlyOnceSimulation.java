package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.proof.TestWorkload.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs the engine in the simulated room, thousands of times, each time with other faults. {@code
 * -Dseeds=N} runs more; what fails says how to run it alone.
 */
class ExactlyOnceSimulation {
  private static final long SEEDS = Long.getLong("seeds", 20_000);
  private static final long FIRST = Long.getLong("firstSeed", 1);
  private static final long SLOW_SEEDS = 1_000;
  private static final long FULL_SEEDS = 500;
  private static final long FORGETFUL_SEEDS = 2_000;
  private static final long MOVING_SEEDS = 2_000;
  private static final int SMALLEST = 2;

  /** An odd seed has standbys. */
  private static final int WITH_STANDBY = 3;

  @RegisterExtension final SimulatedRuns runs = new SimulatedRuns();

  @Tag("S12")
  @Tag("S17")
  @Tag("S32")
  @Tag("S38")
  @Tag("S39")
  @Tag("N07")
  @Tag("N08")
  @Tag("N10")
  @Tag("N13")
  @Tag("N18")
  @Test
  void shouldLoseDoubleAndReorderNothingWhateverGoesWrong() {
    Campaign campaign = new Campaign(TestWorkload::scenario);

    runs.areClean("Simulation", campaign, FIRST, SEEDS);
    assertThat(campaign.deaths())
        .as("processes that died, in %d runs", SEEDS)
        .isGreaterThan(runs.isReplay() ? -1 : SEEDS / 2);
  }

  @Tag("S03")
  @Tag("N01")
  @Test
  void shouldLoseAndDoubleNothingWhereverItDies() {
    everywhere(step -> new Fault.Kill(0, step, false));
  }

  @Tag("S43")
  @Tag("N14")
  @Test
  void shouldLoseAndDoubleNothingWhereverThePowerFails() {
    everywhere(step -> new Fault.Kill(0, step, true));
  }

  @Tag("N03")
  @Test
  void shouldChangeNothingWhereverItStandsStillAndWakesUpBesideItsSuccessor() {
    everywhere(step -> new Fault.Freeze(0, step, step % 3 == 0 ? 12_000 : 150, true));
  }

  @Tag("S26")
  @Tag("N02")
  @Test
  void shouldLoseAndDoubleNothingThoughItsSuccessorDiesToo() {
    long steps = calm(Kind.COUNTED).stepsOfFirst();
    Campaign pairs =
        new Campaign(
            n ->
                smallest(Kind.COUNTED)
                    .with(
                        new FaultPlan(
                            List.of(
                                new Fault.Kill(0, 1 + n * 37 % steps, n % 2 == 0),
                                new Fault.Kill(1, 1 + n * 101 % steps, n % 3 == 0)))));

    runs.areClean("Pairs of deaths", pairs, 0, 2 * steps);
  }

  /** So slow that some checkpoints are too late; and more goes wrong meanwhile. */
  @Tag("N11")
  @Test
  void shouldLoseAndDoubleNothingThoughTheDiskIsSlow() {
    Campaign campaign =
        new Campaign(
            n -> {
              Fault slow = new Fault.SlowDisk(n % 500, 1_000 + n % 9_000, 10 + (int) (n % 600));
              Scenario scenario = TestWorkload.scenario(n);
              return scenario.with(
                  n % 2 == 0 ? new FaultPlan(List.of(slow)) : scenario.plan().with(slow));
            });

    runs.areClean("Slow disk", campaign, 1, SLOW_SEEDS);
  }

  /** Not for long: who finds no room when it starts refuses, and here nobody starts it for ever. */
  @Tag("S52")
  @Tag("N12")
  @Test
  void shouldLoseAndDoubleNothingThoughTheDiskIsFullForAWhile() {
    Campaign campaign =
        new Campaign(
            n -> {
              Fault full = new Fault.FullDisk(n * 7 % 700, 1 + n % 400);
              Scenario scenario = TestWorkload.scenario(n);
              return scenario.with(
                  n % 2 == 0 ? new FaultPlan(List.of(full)) : scenario.plan().with(full));
            });

    runs.areClean("Full disk", campaign, 1, FULL_SEEDS);
  }

  /** As Kafka 4.1 to 4.3 do, and anything else besides: docs/design/0038. */
  @Tag("S29")
  @Tag("N05")
  @Test
  void shouldLoseAndDoubleNothingThoughTheBrokerLosesTheEndsOfTransactions() {
    Campaign campaign =
        new Campaign(
            n -> {
              Scenario scenario = TestWorkload.scenario(n);
              Fault lost = new Fault.LostMarkers(n * 37 % 1_500);
              Fault another = new Fault.LostMarkers(n * 101 % 3_000);
              FaultPlan others = n % 4 == 0 ? FaultPlan.calm() : scenario.plan();
              return scenario.with(others.with(lost).with(another));
            });

    runs.areClean("Lost markers", campaign, 1, FORGETFUL_SEEDS);
  }

  /** In each third run of all partitions and of the coordinator at once; and more goes wrong. */
  @Tag("N05")
  @Test
  void shouldLoseDoubleAndReorderNothingThoughLeadersAndCoordinatorMove() {
    Campaign campaign =
        new Campaign(
            n -> {
              Scenario scenario = TestWorkload.scenario(n);
              FaultPlan others = n % 4 == 0 ? FaultPlan.calm() : scenario.plan();
              return scenario.with(new FaultPlan(moves(n, others.faults())));
            });

    runs.areClean("Leaders move", campaign, 1, MOVING_SEEDS);
    assertThat(campaign.turnedAway())
        .as("requests without a leader")
        .isGreaterThan(runs.isReplay() ? -1 : MOVING_SEEDS);
  }

  private static List<Fault> moves(long seed, List<Fault> others) {
    Random random = new Random(seed * 31 + 13);
    List<Fault> faults = new ArrayList<>(others);
    for (int moves = 1 + random.nextInt(4); moves > 0; moves--) {
      long at = random.nextInt(1 + random.nextInt(2_000));
      long length = 1L + random.nextInt(1 + random.nextInt(20_000));
      boolean isAll = seed % 3 == 0;
      for (int i = 0; i < (isAll ? 8 : 1); i++) {
        faults.add(new Fault.LeaderMove(at, length, isAll ? i : random.nextInt(8)));
      }
      if (isAll || random.nextBoolean()) {
        faults.add(new Fault.CoordinatorMove(at, length));
      }
    }
    return faults;
  }

  @Test
  void shouldStandByAndDisturbNobodyWheneverASecondOneIsStarted() {
    runs.seeds(0, 400)
        .forEach(
            millis -> {
              Verdict verdict = run(WITH_STANDBY, new FaultPlan(List.of(new Fault.Twin(millis))));

              assertThat(verdict.findings())
                  .as(
                      "twin at %s ms: %s; again with: %s",
                      millis, verdict.log(), runs.again(millis))
                  .isEmpty();
              assertThat(verdict.log())
                  .as("who ended with a twin at %s ms; again with: %s", millis, runs.again(millis))
                  .noneMatch(line -> line.contains("SUSPENDED"))
                  .anyMatch(line -> line.contains("FINISHED"));
            });
  }

  @Test
  void shouldLoseAndDoubleNothingWhereverAnOwnerStandsStillOrDiesBesideItsStandby() {
    long steps = run(WITH_STANDBY, FaultPlan.calm()).stepsOfFirst();
    Campaign campaign =
        new Campaign(
            step ->
                scenario(
                    WITH_STANDBY,
                    new FaultPlan(
                        List.of(
                            new Fault.Twin(step % 50),
                            step % 2 == 0
                                ? new Fault.Kill(0, step, false)
                                : new Fault.Freeze(0, step, step % 4 == 1 ? 12_000 : 300, true)))));

    runs.areClean("An owner beside its standby", campaign, 1, steps);
  }

  /** One process of the smallest run, struck at each of its points; one after the other. */
  private void everywhere(LongFunction<Fault> fault) {
    for (Kind kind : Kind.values()) {
      long steps = calm(kind).stepsOfFirst();
      Campaign campaign =
          new Campaign(step -> smallest(kind).with(new FaultPlan(List.of(fault.apply(step)))));

      runs.areClean(kind + " at each point", campaign, 1, steps);
      assertThat(steps).as("points of a small run").isGreaterThan(200);
    }
  }

  private static Verdict run(long seed, FaultPlan plan) {
    return new Run(scenario(seed, plan), false).verdict();
  }

  private static Scenario scenario(long seed, FaultPlan plan) {
    return Scenario.of(seed, new TestWorkload(Kind.COUNTED, seed)).with(plan);
  }

  private static Verdict calm(Kind kind) {
    Verdict verdict = new Run(smallest(kind).with(FaultPlan.calm()), false).verdict();
    assertThat(verdict.findings()).isEmpty();
    return verdict;
  }

  private static Scenario smallest(Kind kind) {
    return Scenario.of(SMALLEST, new TestWorkload(kind, SMALLEST)).withFirst(8);
  }
}
