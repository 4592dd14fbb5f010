package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What time alone does, without new input, while anything else goes wrong. */
class TimeSimulation {
  private static final long SEEDS = Long.getLong("seeds", 500);
  private static final long CALM_SEEDS = 100;
  private static final int CALM_WINDOWS = 18;
  private static final int LEAST_WINDOWS = 8;

  @RegisterExtension final SimulatedRuns runs = new SimulatedRuns();

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

    runs.areClean("Timers of the clock", campaign, 1, SEEDS);
  }

  @Tag("S49")
  @Test
  void shouldNeitherHoldBackNorTearWindowsBesideSlowAndSilentPartitions() {
    AtomicLong windows = new AtomicLong();
    Campaign campaign =
        new Campaign(
            seed ->
                Scenario.of(seed, new IdleWorkload(seed, true, windows)).with(FaultPlan.calm()));

    runs.areClean("Idle partitions, calm", campaign, 1, CALM_SEEDS);
    assertThat(windows.get())
        .as("windows of the fast partition, though another one shows nothing, of 24 a run")
        .isGreaterThan(runs.isReplay() ? -1 : CALM_SEEDS * CALM_WINDOWS);
  }

  /** Who is struck for long may be late with what the fast partition has. */
  @Tag("S49")
  @Test
  void shouldGiveEachWindowOnceBesideSlowAndSilentPartitionsWhateverGoesWrong() {
    AtomicLong windows = new AtomicLong();
    Campaign campaign =
        new Campaign(seed -> Scenario.of(seed, new IdleWorkload(seed, false, windows)));

    runs.areClean("Idle partitions", campaign, 1, SEEDS);
    assertThat(windows.get())
        .as("windows")
        .isGreaterThan(runs.isReplay() ? -1 : SEEDS * LEAST_WINDOWS);
  }
}
