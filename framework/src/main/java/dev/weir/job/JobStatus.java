package dev.weir.job;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A job at one moment. Immutable.
 *
 * @param name the job's name
 * @param state where it is in its life
 * @param attempt number of the current attempt; 0 before the first
 * @param restarts restarts since {@code Weir.start}
 * @param parallelism tasks per stage
 * @param lastCheckpointId newest completed checkpoint; empty before the first
 * @param failure the newest failure; empty if there was none
 * @param suspension why the job is suspended; empty if it is not
 * @param stuck tasks that have been in one call for longer than {@code stuck.after.ms}, while the
 *     job runs or stops
 */
public record JobStatus(
    String name,
    JobState state,
    long attempt,
    int restarts,
    int parallelism,
    OptionalLong lastCheckpointId,
    Optional<Throwable> failure,
    Optional<Suspension> suspension,
    List<StuckTask> stuck) {
  /** Makes the list unmodifiable. */
  public JobStatus {
    stuck = List.copyOf(stuck);
  }
}
