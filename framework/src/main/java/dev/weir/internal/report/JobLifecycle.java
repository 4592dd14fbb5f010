package dev.weir.internal.report;

import static dev.weir.job.JobState.CANCELLED;
import static dev.weir.job.JobState.CREATED;
import static dev.weir.job.JobState.FAILING;
import static dev.weir.job.JobState.FINISHED;
import static dev.weir.job.JobState.RESTARTING;
import static dev.weir.job.JobState.RESTORING;
import static dev.weir.job.JobState.RUNNING;
import static dev.weir.job.JobState.STANDBY;
import static dev.weir.job.JobState.STOPPING;
import static dev.weir.job.JobState.SUSPENDED;

import dev.weir.internal.base.Checks;
import dev.weir.job.JobState;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a job is in its life, and where it may go from there. Confined to the job's thread but for
 * {@link #state}.
 *
 * <pre>
 *               STANDBY
 *                 ▲ ▼
 *   CREATED ─► RESTORING ─► RUNNING ─► STOPPING ─► FINISHED
 *                 ▲ │          │          │
 *                 │ └──────────┴──────────┴─► FAILING ─► SUSPENDED
 *                 └── RESTARTING ◄───────────────┘          any but the ended ─► CANCELLED
 * </pre>
 */
final class JobLifecycle {
  private static final Map<JobState, Set<JobState>> LEGAL =
      Map.of(
          CREATED, EnumSet.of(RESTORING, CANCELLED),
          RESTORING, EnumSet.of(RUNNING, STANDBY, FAILING, CANCELLED),
          STANDBY, EnumSet.of(RESTORING, FAILING, CANCELLED),
          RUNNING, EnumSet.of(STOPPING, FAILING, CANCELLED),
          STOPPING, EnumSet.of(FINISHED, FAILING, CANCELLED),
          FAILING, EnumSet.of(RESTARTING, SUSPENDED, CANCELLED),
          RESTARTING, EnumSet.of(RESTORING, FAILING, CANCELLED),
          FINISHED, EnumSet.noneOf(JobState.class),
          CANCELLED, EnumSet.noneOf(JobState.class),
          SUSPENDED, EnumSet.noneOf(JobState.class));

  private volatile JobState state = CREATED;

  JobState state() {
    return state;
  }

  boolean is(JobState other) {
    return state == other;
  }

  void moveTo(JobState next) {
    Checks.state(LEGAL.get(state).contains(next), "A job cannot go from %s to %s", state, next);
    state = next;
  }
}
