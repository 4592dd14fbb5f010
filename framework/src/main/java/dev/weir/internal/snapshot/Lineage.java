package dev.weir.internal.snapshot;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which attempts took the checkpoints that led to one. Two checkpoints of the same number are the
 * same one only if the same run took them: a ledger that was lost, or an operator who goes back to
 * an older checkpoint, may give a number twice. Immutable.
 *
 * @param runs oldest first
 */
public record Lineage(List<Run> runs) {
  /** Of a job that has no checkpoint yet. */
  public static final Lineage NONE = new Lineage(List.of());

  private static final int MOST = 100;

  /** Forgets the oldest beyond 100: what is that old is worth nothing. */
  public Lineage {
    runs = List.copyOf(runs.subList(Math.max(0, runs.size() - MOST), runs.size()));
  }

  /** This lineage, gone on with by another run. */
  public Lineage with(Run run) {
    return new Lineage(Stream.concat(runs.stream(), Stream.of(run)).toList());
  }

  /** Whether this run took the checkpoint of this number. */
  public boolean holds(long checkpointId, Run run) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      if (runs.get(i).firstCheckpointId() <= checkpointId) {
        return runs.get(i).equals(run);
      }
    }
    return false;
  }

  /**
   * An attempt that took checkpoints.
   *
   * @param attempt its number
   * @param startedAtMillis when it began
   * @param firstCheckpointId the first checkpoint it took or would have taken
   */
  public record Run(long attempt, long startedAtMillis, long firstCheckpointId) {}
}
