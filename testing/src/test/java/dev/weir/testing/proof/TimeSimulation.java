package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What time alone does, without new input, while anything else goes wrong. */
class TimeSimulation {
  private static final long SEEDS = Long.getLong("seeds", 500);
  private static final long CALM_SEEDS = 100;
  private static final int CALM_WINDOWS = 18;
  private static final int LEAST_WINDOWS = 8;
  private static final int THREADS = 2;

  private QuietRuns quiet;

  @BeforeEach
  void beQuiet() {
    quiet = new QuietRuns();
  }

  @AfterEach
  void speak() {
    quiet.close();
  }

  /** A clock that is an hour behind would have timers wait for an hour: there is none. */
  @Tag("S18")
  @Test
  void shouldCommitOnceWhatOnlyTheClockHasMadeWhateverGoesWrong() {
    Campaign campaign =
        new Campaign(
            seed -> {
              Scenario scenario = Scenario.of(seed, new ClockWorkload(seed));
              return scenario.with(
                  new FaultPlan(
                      scenario.plan().faults().stream()
                          .filter(fault -> !(fault instanceof Fault.Skew))
                          .toList()));
            });

    Optional<Long> failure = campaign.firstFailure(1, SEEDS, THREADS);

    System.out.println("Timers of the clock: " + campaign.summary());
    assertThat(failure.map(seed -> campaign.explain(seed, "seed " + seed))).isEmpty();
  }

  @Tag("S49")
  @Test
  void shouldNeitherHoldBackNorTearWindowsBesideSlowAndSilentPartitions() {
    AtomicLong windows = new AtomicLong();
    Campaign campaign =
        new Campaign(
            seed ->
                Scenario.of(seed, new IdleWorkload(seed, true, windows)).with(FaultPlan.calm()));

    Optional<Long> failure = campaign.firstFailure(1, CALM_SEEDS, THREADS);

    assertThat(failure.map(seed -> campaign.explain(seed, "seed " + seed))).isEmpty();
    assertThat(windows.get())
        .as("windows of the fast partition, though another one shows nothing, of 24 a run")
        .isGreaterThan(CALM_SEEDS * CALM_WINDOWS);
  }

  /** Who is struck for long may be late with what the fast partition has. */
  @Tag("S49")
  @Test
  void shouldGiveEachWindowOnceBesideSlowAndSilentPartitionsWhateverGoesWrong() {
    AtomicLong windows = new AtomicLong();
    Campaign campaign =
        new Campaign(seed -> Scenario.of(seed, new IdleWorkload(seed, false, windows)));

    Optional<Long> failure = campaign.firstFailure(1, SEEDS, THREADS);

    System.out.println("Idle partitions: " + campaign.summary() + ", " + windows + " windows");
    assertThat(failure.map(seed -> campaign.explain(seed, "seed " + seed))).isEmpty();
    assertThat(windows.get()).as("windows").isGreaterThan(SEEDS * LEAST_WINDOWS);
  }
}
