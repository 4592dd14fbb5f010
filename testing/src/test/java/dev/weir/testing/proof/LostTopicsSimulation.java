package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Topics are deleted, and perhaps created anew, while they are read and written. */
class LostTopicsSimulation {
  private static final long SEEDS = Long.getLong("seeds", 200);

  /** Whoever has not found its topics by then would begin with the new ones. */
  private static final long LEAST_MILLIS = 200;

  private static final long FOR_EVER = Long.MAX_VALUE;

  @RegisterExtension final SimulatedRuns runs = new SimulatedRuns();

  @Tag("N22")
  @Test
  void shouldStopAndSayWhyWhereTheTopicThatIsReadIsDeleted() {
    expectStops(FOR_EVER, "found no topic of that name");
  }

  @Tag("S28")
  @Tag("N22")
  @Test
  void shouldRefuseAndSayWhyWhereTheTopicThatIsReadIsCreatedAnew() {
    expectStops(40, "was deleted and created anew", "or the topic was created anew");
  }

  /** What was in it is gone with it, and all that comes is there once, and in order. */
  @Tag("N22")
  @Test
  void shouldGoOnInATopicThatIsCreatedAnewAndDoubleAndReorderNothing() {
    Campaign campaign =
        new Campaign(
            seed -> {
              Scenario scenario = Scenario.of(seed, LostTopicWorkload.output(seed));
              Fault lost = new Fault.TopicLost(seed * 7 % 900, false, seed * 11 % 9_000);
              FaultPlan others = seed % 2 == 0 ? FaultPlan.calm() : scenario.plan();
              return scenario.with(others.with(lost));
            });

    runs.areClean("The topic that is written is lost", campaign, 1, SEEDS);
  }

  private void expectStops(long forMillis, String... reasons) {
    Stops stops = new Stops(runs, reasons);
    runs.seeds(1, SEEDS)
        .forEach(
            seed -> {
              Fault lost = new Fault.TopicLost(LEAST_MILLIS + seed * 7 % 700, true, forMillis);
              stops.judge(
                  Scenario.of(seed, LostTopicWorkload.input(seed, forMillis < FOR_EVER))
                      .with(new FaultPlan(List.of(lost))));
            });

    System.out.println("The topic that is read is lost: " + stops);
    assertThat(stops.finished()).as("who has not noticed").isEmpty();
  }
}
