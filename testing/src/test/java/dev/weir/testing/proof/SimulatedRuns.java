package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The simulated runs of a test: quiet, all of its seeds or the one that {@code -Dseed=} names, and
 * with the one command that shows a run again. Confined to the test's thread.
 */
final class SimulatedRuns implements BeforeEachCallback, AfterEachCallback {
  private static final String SEED = "seed";
  private static final int THREADS = 2;

  private Class<?> test;
  private String method;
  private QuietRuns quiet;

  @Override
  public void beforeEach(ExtensionContext context) {
    test = context.getRequiredTestClass();
    method = context.getRequiredTestMethod().getName();
    quiet = new QuietRuns();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    quiet.close();
  }

  /** Only one run is shown again: what all of them have together says nothing. */
  boolean isReplay() {
    return Long.getLong(SEED) != null;
  }

  /** The seeds to run, one after the other. */
  LongStream seeds(long first, long count) {
    return isReplay() ? LongStream.of(Long.getLong(SEED)) : LongStream.range(first, first + count);
  }

  /** The command that runs this seed again, and no other. */
  String again(long seed) {
    return ReplayCommand.of(test, method, SEED + "=" + seed);
  }

  /** Runs these seeds, of which none may fail. */
  void areClean(String name, Campaign campaign, long first, long count) {
    Optional<Long> failure =
        isReplay()
            ? campaign.firstFailure(Long.getLong(SEED), 1, 1)
            : campaign.firstFailure(first, count, THREADS);
    System.out.println(name + ": " + campaign.summary());
    assertThat(failure.map(seed -> campaign.explain(seed, again(seed)))).as(name).isEmpty();
  }

  /** Runs a scenario with a death at each step that its first process takes in peace. */
  void areCleanWhereverItDies(String name, Scenario scenario) {
    Verdict calm = new Run(scenario.with(FaultPlan.calm()), false).verdict();
    assertThat(calm.findings()).as(name + ", in peace").isEmpty();
    Campaign campaign =
        new Campaign(
            step -> scenario.with(new FaultPlan(List.of(new Fault.Kill(0, step, step % 2 == 0)))));
    areClean(name, campaign, 1, calm.stepsOfFirst());
  }
}
