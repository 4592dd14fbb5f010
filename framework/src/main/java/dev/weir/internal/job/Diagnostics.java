package dev.weir.internal.job;

import dev.weir.error.FailureKind;
import dev.weir.job.JobStatus;
import dev.weir.job.Suspension;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Remembers the newest failures and tells them when a job is suspended. One thread. */
final class Diagnostics {
  private static final int MOST_FAILURES = 10;

  private final Deque<String> failures = new ArrayDeque<>();

  /** Takes note of a failure. */
  void failed(Throwable failure, long attempt, long atMillis) {
    if (failures.size() == MOST_FAILURES) {
      failures.remove();
    }
    failures.add(
        Instant.ofEpochMilli(atMillis)
            + " attempt "
            + attempt
            + ", "
            + FailureKind.of(failure)
            + ": "
            + failure);
  }

  /** Why the job is suspended now. */
  Suspension suspension(JobStatus status, Throwable failure, long nowMillis) {
    FailureKind kind = FailureKind.of(failure);
    StringBuilder text =
        new StringBuilder("Job '" + status.name() + "' is suspended since ")
            .append(Instant.ofEpochMilli(nowMillis))
            .append(" after attempt " + status.attempt() + " and " + status.restarts())
            .append(" restarts.\nKind: " + kind + ". " + kind.advice() + ".\nLast checkpoint: ")
            .append(
                status.lastCheckpointId().isPresent()
                    ? status.lastCheckpointId().getAsLong() + ", kept"
                    : "none completed since the start; one from before, if any, is kept")
            .append(". Started again, the job goes on from there.\nNewest failures:\n");
    failures.forEach(line -> text.append("  " + line + "\n"));
    return new Suspension(kind, String.valueOf(failure.getMessage()), text.toString());
  }
}
