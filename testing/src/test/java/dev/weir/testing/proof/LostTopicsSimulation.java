package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Topics are deleted, and perhaps created anew, while they are read and written. */
class LostTopicsSimulation {
  private static final long SEEDS = Long.getLong("seeds", 200);
  private static final int THREADS = 2;

  /** Whoever has not found its topics by then would begin with the new ones. */
  private static final long LEAST_MILLIS = 200;

  private static final long FOR_EVER = Long.MAX_VALUE;
  private static final String UNFINISHED = "not finished";
  private static final String STOPPED = "SUSPENDED";

  private QuietRuns quiet;

  @BeforeEach
  void beQuiet() {
    quiet = new QuietRuns();
  }

  @AfterEach
  void speak() {
    quiet.close();
  }

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

    Optional<Long> failure = campaign.firstFailure(1, SEEDS, THREADS);

    System.out.println("The topic that is written is lost: " + campaign.summary());
    assertThat(failure.map(seed -> campaign.explain(seed, "seed " + seed))).isEmpty();
  }

  /** It stops each time it is started, with a reason. */
  private static void expectStops(long forMillis, String... reasons) {
    int stopped = 0;
    List<String> finished = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Fault lost = new Fault.TopicLost(LEAST_MILLIS + seed * 7 % 700, true, forMillis);
      Scenario scenario =
          Scenario.of(seed, LostTopicWorkload.input(seed, forMillis < FOR_EVER))
              .with(new FaultPlan(List.of(lost)));

      Verdict verdict = new Run(scenario, false).verdict();

      assertThat(verdict.findings())
          .as("seed %s: %s", seed, verdict.log())
          .allMatch(finding -> finding.startsWith(UNFINISHED));
      if (verdict.isClean()) {
        finished.add(seed + ": " + verdict.log());
      } else {
        assertThat(verdict.log())
            .as("how each start of seed %s ended", seed)
            .filteredOn(line -> line.contains(STOPPED))
            .isNotEmpty()
            .allMatch(line -> List.of(reasons).stream().anyMatch(line::contains));
        stopped++;
      }
    }
    System.out.println("The topic that is read is lost: " + stopped + " stopped");
    assertThat(finished).as("who has not noticed").isEmpty();
  }
}
