package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.proof.TestWorkload.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A small run whose process dies before or after any of its effects, and whose successor dies
 * before or after any of its own: every pair there is. {@code -Ddeaths=3} has three in a row,
 * {@code -Drecords=N} a longer run.
 */
class CrashPairsSimulation {
  private static final int DEATHS = Integer.getInteger("deaths", 2);
  private static final int RECORDS = Integer.getInteger("records", 3);
  private static final int SEED = 2;
  private static final int LEAST = 3_000;

  @RegisterExtension final SimulatedRuns runs = new SimulatedRuns();

  @Tag("S26")
  @Tag("N02")
  @ParameterizedTest(name = "with power failures: {0}")
  @ValueSource(booleans = {false, true})
  void shouldLoseAndDoubleNothingWhereverItAndItsSuccessorDie(boolean withPower) {
    List<FaultPlan> plans = allDeaths(withPower);
    Campaign campaign = new Campaign(n -> small().with(plans.get(Math.floorMod(n, plans.size()))));

    runs.areClean("Deaths in a row", campaign, 0, plans.size());

    long ran = runs.seeds(0, plans.size()).count();
    assertThat(campaign.deaths()).isEqualTo(DEATHS * ran);
    assertThat(plans.size()).as("pairs").isGreaterThan(LEAST);
  }

  /** Each way for so many processes to die one after the other. */
  private static List<FaultPlan> allDeaths(boolean withPower) {
    List<FaultPlan> plans = List.of(FaultPlan.calm());
    for (int start = 0; start < DEATHS; start++) {
      int next = start;
      plans =
          plans.stream().parallel().flatMap(plan -> withOneMore(plan, next, withPower)).toList();
    }
    return plans;
  }

  /** The same, and then the next process, if one is left to start, dies as well. */
  private static Stream<FaultPlan> withOneMore(FaultPlan plan, int start, boolean withPower) {
    List<List<Long>> moments = new Run(small().with(plan), false).verdict().moments();
    return moments.size() <= start
        ? Stream.empty()
        : moments.get(start).stream()
            .map(step -> plan.with(new Fault.Kill(start, step, withPower)));
  }

  private static Scenario small() {
    return Scenario.of(SEED, new TestWorkload(Kind.COUNTED, SEED)).withFirst(RECORDS);
  }
}
