package dev.weir.internal.job;

import dev.weir.error.JobFailedException;
import dev.weir.internal.owner.Ownership;
import dev.weir.internal.report.Diagnostics;
import dev.weir.internal.report.JobBoard;
import dev.weir.internal.report.SuspensionFile;
import dev.weir.job.CheckpointRetention;
import dev.weir.job.JobState;
import dev.weir.job.Suspension;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a job ends. An end may be asked for while an attempt is being started or closed: whoever is
 * at work then looks here next. Confined to the job's thread; what blocks runs on I/O threads.
 */
final class JobEnd {
  private static final Logger LOG = LoggerFactory.getLogger(JobEnd.class);

  private final JobScope scope;
  private final JobBoard board;
  private final Ownership owner;
  private final Diagnostics diagnostics;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private Optional<JobState> asked = Optional.empty();

  JobEnd(JobScope scope, JobBoard board, Ownership owner, Diagnostics diagnostics) {
    this.scope = scope;
    this.board = board;
    this.owner = owner;
    this.diagnostics = diagnostics;
  }

  /** Completed when everybody has been told. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** The job shall end in this state, as soon as no attempt is left. */
  void ask(JobState state) {
    asked = Optional.of(state);
  }

  boolean isAsked() {
    return asked.isPresent();
  }

  /**
   * Ends as it was asked for, now that no attempt is left.
   *
   * @param newest the newest take-over by this instance
   */
  void asAsked(Optional<Tenure> newest) {
    JobState state = asked.orElseThrow();
    boolean erases =
        scope.job().config().checkpoints().retention()
            == CheckpointRetention.DELETE_ON_CANCELLATION;
    if (state != JobState.CANCELLED || !erases) {
      as(state);
      return;
    }
    scope
        .io()
        .execute(
            () -> {
              try {
                new CheckpointErasure(scope).run(newest);
                scope.thread().execute(() -> as(JobState.CANCELLED));
              } catch (Throwable cause) {
                scope.thread().execute(() -> erasureFailed(cause));
              }
            });
  }

  private void erasureFailed(Throwable cause) {
    LOG.warn("Job {}: cancelled, but its checkpoints could not be removed", scope.name(), cause);
    diagnostics.failed(cause, board.status().attempt(), scope.ports().clock().millis());
    board.failed(cause);
    if (!board.is(JobState.FAILING)) {
      board.moveTo(JobState.FAILING);
    }
    as(JobState.SUSPENDED);
  }

  /** Ends in this state. */
  void as(JobState state) {
    if (state != JobState.SUSPENDED) {
      board.moveTo(state);
      leave(() -> ended.complete(null));
      return;
    }
    Throwable cause = board.status().failure().orElseThrow();
    owner.failed(cause);
    SuspensionFile file =
        new SuspensionFile(scope.ports().disk(), scope.name(), scope.job().config());
    Suspension why = diagnostics.suspension(board.status(), cause, scope.ports().clock().millis());
    String stacks = diagnostics.stacks();
    scope
        .io()
        .execute(
            () -> {
              Suspension written = file.write(why, stacks);
              scope.thread().execute(() -> suspend(written, cause));
            });
  }

  private void suspend(Suspension why, Throwable cause) {
    board.suspended(why);
    board.moveTo(JobState.SUSPENDED);
    String told = "Job '" + scope.name() + "' is suspended: " + why.summary();
    leave(() -> ended.completeExceptionally(new JobFailedException(told, cause)));
  }

  /** When it shows that this instance is gone, and everybody is told, the job has ended. */
  private void leave(Runnable then) {
    owner.release(() -> scope.thread().execute(() -> board.close(then)));
  }

  /** Ends after an error in Weir itself; by hand, as no mail is read any more. */
  void abandon(Optional<Attempt> attempt, JobFailedException bug) {
    board.failed(bug);
    scope
        .io()
        .execute(
            () -> {
              try {
                if (attempt.isPresent()) {
                  attempt.get().close();
                }
              } catch (Throwable alsoFailed) {
                bug.addSuppressed(alsoFailed);
              }
              owner.release(() -> board.close(() -> ended.completeExceptionally(bug)));
            });
  }
}
