package dev.weir.testing.proof;

import dev.weir.testing.sim.Trace;
import java.util.List;

/**
 * What a run has shown. Immutable.
 *
 * @param findings what is wrong; empty if nothing is
 * @param trace what happened
 * @param starts how many processes were started
 * @param savepoints how many were taken
 * @param lives how many the job has had: one more with each savepoint that it was stopped with
 * @param strikes how many times processes were struck down or stopped
 * @param deaths how many processes died of a fault
 * @param stepsOfFirst how many points the first process passed
 * @param moments for each process the points at which its death would leave a world of its own
 * @param log what became of them, a line each
 * @param turnedAway how many requests found no leader, or one that was going away
 */
record Verdict(
    List<String> findings,
    Trace trace,
    int starts,
    int savepoints,
    int lives,
    int strikes,
    int deaths,
    long stepsOfFirst,
    List<List<Long>> moments,
    List<String> log,
    long turnedAway) {
  Verdict {
    findings = List.copyOf(findings);
    moments = List.copyOf(moments);
    log = List.copyOf(log);
  }

  boolean isClean() {
    return findings.isEmpty();
  }
}
