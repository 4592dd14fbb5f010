package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Judges runs that cannot come to their end: the job stops each time it is started, with a reason;
 * or it had done everything before. Confined to one thread.
 */
final class Stops {
  private static final String UNFINISHED = "not finished";
  private static final String STOPPED = "SUSPENDED";

  private final SimulatedRuns runs;
  private final String[] reasons;
  private final List<String> finished = new ArrayList<>();
  private int stopped;

  /** Each stop must have one of these reasons. */
  Stops(SimulatedRuns runs, String... reasons) {
    this.runs = runs;
    this.reasons = reasons.clone();
  }

  void judge(Scenario scenario) {
    String again = runs.again(scenario.seed());
    Verdict verdict = new Run(scenario, false).verdict();
    assertThat(verdict.findings())
        .as("seed %s: %s; again with: %s", scenario.seed(), verdict.log(), again)
        .allMatch(finding -> finding.startsWith(UNFINISHED));
    if (verdict.isClean()) {
      finished.add(scenario.seed() + ": " + verdict.log() + "; again with: " + again);
      return;
    }
    assertThat(verdict.log())
        .as("how each start of seed %s ended; again with: %s", scenario.seed(), again)
        .filteredOn(line -> line.contains(STOPPED))
        .isNotEmpty()
        .allMatch(line -> Arrays.stream(reasons).anyMatch(line::contains));
    stopped++;
  }

  int stopped() {
    return stopped;
  }

  /** Who had done everything before, and how to see it. */
  List<String> finished() {
    return finished;
  }

  @Override
  public String toString() {
    return stopped + " stopped, " + finished.size() + " finished";
  }
}
