package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.proof.TestWorkload.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs the engine in the simulated room, thousands of times, each time with other faults. {@code
 * -Dseeds=N} runs more, {@code -Dseed=N} runs one and tells its story.
 */
class ExactlyOnceSimulation {
  private static final long SEEDS = Long.getLong("seeds", 20_000);
  private static final long FIRST = Long.getLong("firstSeed", 1);
  private static final long SLOW_SEEDS = 1_000;
  private static final long FULL_SEEDS = 500;
  private static final long FORGETFUL_SEEDS = 2_000;
  private static final long MOVING_SEEDS = 2_000;
  private static final int THREADS = 2;
  private static final int SMALLEST = 2;

  /** An odd seed has standbys. */
  private static final int WITH_STANDBY = 3;

  private static final String COMMAND =
      "./mvnw -pl testing -am test -Dtest=ExactlyOnceSimulation"
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
    Long one = Long.getLong("seed");

    Optional<Long> failure =
        one == null
            ? campaign.firstFailure(FIRST, SEEDS, THREADS)
            : campaign.firstFailure(one, 1, 1);

    System.out.println("Simulation: " + campaign.summary());
    assertThat(failure.map(seed -> campaign.explain(seed, COMMAND + " -Dseed=" + seed))).isEmpty();
    assertThat(campaign.deaths())
        .as("processes that died, in %d runs", SEEDS)
        .isGreaterThan(one == null ? SEEDS / 2 : -1);
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

    Optional<Long> failure = pairs.firstFailure(0, 2 * steps, THREADS);

    assertThat(failure.map(n -> pairs.explain(n, "pair " + n))).isEmpty();
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

    Optional<Long> failure = campaign.firstFailure(1, SLOW_SEEDS, THREADS);

    System.out.println("Slow disk: " + campaign.summary());
    assertThat(failure.map(n -> campaign.explain(n, "slow disk " + n))).isEmpty();
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

    Optional<Long> failure = campaign.firstFailure(1, FULL_SEEDS, THREADS);

    System.out.println("Full disk: " + campaign.summary());
    assertThat(failure.map(n -> campaign.explain(n, "full disk " + n))).isEmpty();
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

    Optional<Long> failure = campaign.firstFailure(1, FORGETFUL_SEEDS, THREADS);

    System.out.println("Lost markers: " + campaign.summary());
    assertThat(failure.map(n -> campaign.explain(n, "lost markers " + n))).isEmpty();
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

    Optional<Long> failure = campaign.firstFailure(1, MOVING_SEEDS, THREADS);

    System.out.println(
        "Leaders move: " + campaign.summary() + ", " + campaign.turnedAway() + " turned away");
    assertThat(failure.map(n -> campaign.explain(n, "leaders move " + n))).isEmpty();
    assertThat(campaign.turnedAway()).as("requests without a leader").isGreaterThan(MOVING_SEEDS);
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
    for (long millis = 0; millis < 400; millis++) {
      Verdict verdict = run(WITH_STANDBY, new FaultPlan(List.of(new Fault.Twin(millis))));

      assertThat(verdict.findings()).as("twin at %s ms: %s", millis, verdict.log()).isEmpty();
      assertThat(verdict.log())
          .as("who ended, and how, with a twin at %s ms", millis)
          .noneMatch(line -> line.contains("SUSPENDED"))
          .anyMatch(line -> line.contains("FINISHED"));
    }
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

    Optional<Long> failure = campaign.firstFailure(1, steps, THREADS);

    assertThat(failure.map(step -> campaign.explain(step, "standby at point " + step))).isEmpty();
  }

  /** One process of the smallest run, struck at each of its points; one after the other. */
  private static void everywhere(LongFunction<Fault> fault) {
    for (Kind kind : Kind.values()) {
      long steps = calm(kind).stepsOfFirst();
      Campaign campaign =
          new Campaign(step -> smallest(kind).with(new FaultPlan(List.of(fault.apply(step)))));

      Optional<Long> failure = campaign.firstFailure(1, steps, THREADS);

      assertThat(failure.map(step -> campaign.explain(step, kind + " at point " + step))).isEmpty();
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
