package dev.weir.internal.report;

import dev.weir.error.FailureKind;
import dev.weir.job.JobStatus;
import dev.weir.job.Suspension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Remembers the newest failures and tells them when a job is suspended. One thread. */
public final class Diagnostics {
  private static final int MOST_FAILURES = 10;
  private static final int LONGEST_STACK = 20_000;

  private final Deque<Failure> failures = new ArrayDeque<>();
  private String slowest = "none";

  /** A failure, and when it came. */
  private record Failure(Instant at, long attempt, Throwable cause) {
    String line() {
      return at + " attempt " + attempt + ", " + FailureKind.of(cause) + ": " + cause;
    }

    String stack() {
      StringWriter text = new StringWriter();
      cause.printStackTrace(new PrintWriter(text));
      String all = text.toString();
      return all.length() <= LONGEST_STACK ? all : all.substring(0, LONGEST_STACK) + "...\n";
    }
  }

  /** Takes note of a failure. */
  public void failed(Throwable failure, long attempt, long atMillis) {
    if (failures.size() == MOST_FAILURES) {
      failures.remove();
    }
    failures.add(new Failure(Instant.ofEpochMilli(atMillis), attempt, failure));
  }

  /** Takes note of what held a checkpoint for long. */
  public void slow(long checkpointId, String heldBy) {
    slowest = "checkpoint " + checkpointId + ", held by " + heldBy;
  }

  /** Why the job is suspended now; not yet written to a file. */
  public Suspension suspension(JobStatus status, Throwable failure, long nowMillis) {
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
            .append(". Started again, the job goes on from there.\nNewest slow checkpoint: ")
            .append(slowest + ".\nNewest failures:\n");
    failures.forEach(each -> text.append("  " + each.line() + "\n"));
    return new Suspension(
        kind, String.valueOf(failure.getMessage()), text.toString(), Optional.empty());
  }

  /** The newest failures with their stacks, the newest last. */
  public String stacks() {
    StringBuilder text = new StringBuilder();
    for (Failure each : failures) {
      text.append(each.at() + " attempt " + each.attempt() + "\n" + each.stack() + "\n");
    }
    return text.toString();
  }
}
