package dev.weir.internal.job;

import dev.weir.error.RescaleFailedException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.checkpoint.CheckpointListener.CompletedCheckpoint;
import dev.weir.internal.report.JobBoard;
import dev.weir.internal.runtime.Execution;
import dev.weir.job.JobStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Changes the parallelism of the attempt that runs. What may take long is opened first, while
 * records flow. Then a checkpoint takes along what has changed so far; at the one right behind it,
 * which is small, all tasks halt; when it is completed others take over, key group by key group.
 * Where that fails the attempt fails, and the next one begins from that checkpoint or the one
 * before, as after any failure. Confined to the job's thread.
 *
 * <pre>
 *   IDLE ─► OPENING ─► SETTLING ── completed ─► HALTING ── completed ─► ASSIGNING ── up ─► IDLE
 *              └──────────┴──────────────────────┴── the attempt ends: refused ──┴───────────┘
 * </pre>
 */
final class Rescaling {
  private enum Phase {
    IDLE,
    OPENING,
    SETTLING,
    HALTING,
    ASSIGNING
  }

  private final JobScope scope;
  private final Attempts attempts;
  private final JobBoard board;
  private Phase phase = Phase.IDLE;
  private JobDefinition target;
  private CompletableFuture<JobStatus> answer = new CompletableFuture<>();
  private long fromCheckpoint;
  private long haltedAt;

  Rescaling(JobScope scope, Attempts attempts, JobBoard board) {
    this.scope = scope;
    this.attempts = attempts;
    this.board = board;
  }

  /** Begins, or refuses; the job runs. */
  void request(int parallelism, CompletableFuture<JobStatus> asked) {
    if (phase != Phase.IDLE) {
      asked.completeExceptionally(
          failed(
              parallelism,
              "another rescale, to " + target.graph().parallelism() + ", is under way",
              Optional.empty()));
    } else if (parallelism == attempts.job().graph().parallelism()) {
      asked.complete(board.status());
    } else {
      target = scope.job().at(parallelism);
      answer = asked;
      phase = Phase.OPENING;
      attempts
          .current()
          .prepare(target, this::opened, cause -> refuse("see the cause", Optional.of(cause)));
    }
  }

  private void opened() {
    if (phase == Phase.OPENING) {
      phase = Phase.SETTLING;
      fromCheckpoint = attempts.current().coordinator().requestNow();
    }
  }

  /** A checkpoint is completed. */
  void completed(CompletedCheckpoint checkpoint) {
    Attempt attempt = attempts.current();
    if (checkpoint.isFinal()) {
      refuse("the job ends", Optional.empty());
    } else if (phase == Phase.SETTLING && checkpoint.checkpointId() >= fromCheckpoint) {
      phase = Phase.HALTING;
      attempt.coordinator().requestHalt();
    } else if (phase == Phase.HALTING && attempt.coordinator().isHalted()) {
      phase = Phase.ASSIGNING;
      haltedAt = checkpoint.checkpointId();
      attempt.assign(target, checkpoint.manifest(), this::assigned);
    }
  }

  private void assigned(Execution execution) {
    Attempt attempt = attempts.current();
    attempts.runsAs(target);
    attempt.goOn(execution);
    Duration pause = attempt.coordinator().sinceTrigger();
    scope.ports().crashes().reached(CrashPoint.RESCALED, haltedAt);
    phase = Phase.IDLE;
    board.rescaled(target.graph().parallelism(), pause);
    answer.complete(board.status());
  }

  /** Nothing comes of one that is under way. */
  void refuse(String why, Optional<Throwable> cause) {
    if (phase != Phase.IDLE) {
      phase = Phase.IDLE;
      answer.completeExceptionally(failed(target.graph().parallelism(), why, cause));
    }
  }

  /** Whether tasks that halt have nothing to tell any more. */
  boolean isHalting() {
    return phase == Phase.HALTING || phase == Phase.ASSIGNING;
  }

  RescaleFailedException failed(int parallelism, String why, Optional<Throwable> cause) {
    String told =
        "A rescale of job '"
            + scope.name()
            + "' from "
            + attempts.job().graph().parallelism()
            + " to "
            + parallelism
            + " was not made: "
            + why
            + ". Nothing is lost or doubled; ask again when the job is RUNNING.";
    return cause
        .map(behind -> new RescaleFailedException(told, behind))
        .orElseGet(() -> new RescaleFailedException(told));
  }
}
