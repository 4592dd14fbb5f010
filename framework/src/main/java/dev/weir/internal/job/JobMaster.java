package dev.weir.internal.job;

import dev.weir.error.CheckpointFailedException;
import dev.weir.error.FailureKind;
import dev.weir.error.JobFailedException;
import dev.weir.error.RescaleFailedException;
import dev.weir.internal.base.Closing;
import dev.weir.internal.base.Mailbox;
import dev.weir.internal.base.Stepped;
import dev.weir.internal.base.Waker;
import dev.weir.internal.checkpoint.CheckpointCoordinator;
import dev.weir.internal.checkpoint.CheckpointListener.CompletedCheckpoint;
import dev.weir.internal.checkpoint.TaskGateway.End;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.internal.job.JobHandle.Cut;
import dev.weir.internal.owner.Ownership;
import dev.weir.internal.owner.Warmth;
import dev.weir.internal.query.QueryDesk;
import dev.weir.internal.report.Diagnostics;
import dev.weir.internal.report.JobBoard;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.job.JobState;
import dev.weir.job.JobStatus;
import dev.weir.job.Savepoint;
import dev.weir.job.StopMode;
import dev.weir.time.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns a job's life on the job's thread. Requests and events come by mail; starting and closing an
 * attempt run on I/O threads and answer by mail.
 */
final class JobMaster implements Stepped, Ownership.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(JobMaster.class);
  private static final String ATTEMPT_ENDED = "its attempt has ended";

  private final JobDefinition job;
  private final Clock clock;
  private final Mailbox mailbox;
  private final JobBoard board;
  private final Attempts attempts;
  private final Restarts restarts;
  private final Diagnostics diagnostics = new Diagnostics();
  private final SavepointDesk savepoints;
  private final Rescaling rescaling;
  private final Ownership owner;
  private final Warmth warmth;
  private final JobEnd end;
  private boolean isStopRequested;
  private boolean drains;
  private long restartAtMillis;

  JobMaster(JobDefinition job, Ports ports, Executor io, Waker thread, QueryDesk queries) {
    this.job = job;
    this.clock = ports.clock();
    this.mailbox = new Mailbox(thread);
    JobScope scope = new JobScope(job, ports, io, mailbox, queries);
    this.attempts = new Attempts(scope);
    this.savepoints = new SavepointDesk(scope, attempts, this::ended);
    Ownership.Room room = new Ownership.Room(clock, io, mailbox);
    this.owner =
        new Ownership(
            job.name(),
            job.config().standbyDetection(),
            () -> new AttemptResources(job, ports, io, new Closing()).beacon(),
            room,
            this);
    this.restarts = new Restarts(job.config().restartStrategy());
    this.board = new JobBoard(job.name(), job.config(), clock, io);
    this.warmth =
        new Warmth(
            job.name(),
            job.warmUp(ports),
            job.config().checkpoints().interval().orElse(Duration.ofDays(1)),
            room,
            board::warmed,
            board::warmingFailed);
    this.end = new JobEnd(scope, board, owner, diagnostics);
    this.rescaling = new Rescaling(scope, attempts, board);
  }

  // ---- from any thread

  JobStatus status() {
    return board.status();
  }

  CompletableFuture<Void> ended() {
    return end.ended();
  }

  void requestStart() {
    mailbox.execute(this::start);
  }

  void requestStop(StopMode mode) {
    mailbox.execute(() -> stop(mode));
  }

  CompletableFuture<Savepoint> requestSavepoint(URI target, Optional<StopMode> stop) {
    return asked(answer -> savepoint(target, stop, answer), this::noSavepoint);
  }

  /** See {@link JobHandle#cut}. */
  CompletableFuture<Cut> requestCut(Optional<StopMode> stop) {
    return asked(answer -> cut("a group of savepoints", stop, answer), this::noSavepoint);
  }

  CompletableFuture<JobStatus> requestRescale(int parallelism) {
    return asked(answer -> rescale(parallelism, answer), () -> noRescale(parallelism));
  }

  /** Does something on the job's thread; when the job has ended, there is no answer any more. */
  private <T> CompletableFuture<T> asked(
      Consumer<CompletableFuture<T>> request, Supplier<? extends Exception> tooLate) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    mailbox.execute(() -> request.accept(answer));
    CompletableFuture<Void> unused =
        ended().whenComplete((nothing, failure) -> answer.completeExceptionally(tooLate.get()));
    return answer;
  }

  void requestCancel() {
    mailbox.execute(this::cancel);
  }

  // ---- on the job's thread

  @Override
  public boolean step() {
    boolean worked = mailbox.runAll();
    if (board.is(JobState.RESTARTING) && clock.monotonicMillis() >= restartAtMillis) {
      start();
      worked = true;
    }
    worked |= owner.step(board.state());
    worked |= warmth.step(board.state());
    if (board.is(JobState.RUNNING) || board.is(JobState.STOPPING)) {
      worked |= attempts.running().filter(attempt -> attempt.tick(clock)).isPresent();
      attempts.running().ifPresent(this::lookForStuckTasks);
    }
    return worked;
  }

  private void lookForStuckTasks(Attempt attempt) {
    Duration after = job.config().stuckAfter();
    if (!after.isZero()) {
      attempt.stuck(clock, after).ifPresent(board::stuck);
    }
  }

  @Override
  public long restMillis() {
    long rest = Math.min(owner.restMillis(), warmth.restMillis());
    if (board.is(JobState.RESTARTING)) {
      rest = Math.min(rest, Math.max(0, restartAtMillis - clock.monotonicMillis()));
    }
    if (board.is(JobState.RUNNING) || board.is(JobState.STOPPING)) {
      rest = Math.min(rest, attempts.running().map(Attempt::restMillis).orElse(Long.MAX_VALUE));
    }
    return rest;
  }

  /** Ends everything after an error in Weir itself, which no attempt can mend. */
  void abandon(JobFailedException bug) {
    end.abandon(attempts.forget(), bug);
  }

  boolean isCurrent(AttemptEvents events) {
    return attempts.isCurrent(events);
  }

  void acknowledged(TaskId task, long checkpointId, Map<String, StagePart> parts) {
    attempts.current().coordinator().acknowledged(task, checkpointId, parts);
  }

  void wantsCheckpoint(TaskId task) {
    LOG.debug("Job {}: task {} asks for a checkpoint, too many changes wait", job.name(), task);
    attempts.current().coordinator().requestEarly();
  }

  void sourceEnded(TaskId task) {
    LOG.info("Job {}: source task {} has read its input to the end", job.name(), task);
    if (rescaling.isHalting()) {
      return; // Who takes over finds that out again.
    }
    if (attempts.current().sourceEnded() && board.is(JobState.RUNNING)) {
      board.moveTo(JobState.STOPPING);
      attempts.current().coordinator().requestFinal();
    }
  }

  void checkpointCompleted(CompletedCheckpoint checkpoint) {
    board.completed(
        checkpoint.checkpointId(),
        Duration.ofMillis(checkpoint.durationMillis()),
        checkpoint.bytes());
    attempts.current().checkpointCompleted();
    savepoints.completed(checkpoint, attempts.current());
    rescaling.completed(checkpoint);
    if (checkpoint.isFinal()) {
      savepoints.afterwards(() -> attempts.running().ifPresent(this::sweepAndFinish));
    }
  }

  /** The job has done its work: files that are left too many must not make a failure of it. */
  private void sweepAndFinish(Attempt stopped) {
    stopped
        .coordinator()
        .sweepAtEnd(
            failure -> {
              failure.ifPresent(
                  cause -> LOG.warn("Job {}: old checkpoints are left behind", job.name(), cause));
              finishStopped();
            });
  }

  /** Unless it was cancelled while the last savepoint was being copied. */
  private void finishStopped() {
    if (board.is(JobState.STOPPING) && !end.isAsked()) {
      end(JobState.FINISHED);
    }
  }

  void checkpointSkipped() {
    board.skipped();
  }

  void checkpointIsSlow(long checkpointId, String heldBy) {
    board.slow(checkpointId, heldBy);
    diagnostics.slow(checkpointId, heldBy);
  }

  void attemptFailed(Throwable cause) {
    board.failed(cause);
    board.moveTo(JobState.FAILING);
    refuseAll(Optional.of(cause));
    attempts.closeFailed(cause, this::afterFailure);
  }

  private void start() {
    if (end.isAsked()) {
      return;
    }
    ModeCheck.warning(job.config())
        .ifPresent(warning -> LOG.warn("Job {}: {}", job.name(), warning));
    board.moveTo(JobState.RESTORING);
    owner.acquire();
  }

  @Override
  public void onFree() {
    if (board.is(JobState.STANDBY)) {
      board.moveTo(JobState.RESTORING);
    }
    launch();
  }

  @Override
  public void onOwned() {
    if (end.isAsked() || isStopRequested) {
      end.as(JobState.CANCELLED); // And its checkpoints are the owner's to remove.
    } else if (board.is(JobState.RESTORING)) {
      board.moveTo(JobState.STANDBY);
    }
  }

  @Override
  public void onLookFailed(Throwable cause) {
    if (board.is(JobState.RESTORING)) {
      startFailed(cause);
    } else if (board.is(JobState.STANDBY) && !FailureKind.of(cause).isRestartable()) {
      attemptFailed(cause);
    } // Else the next look may see more.
  }

  @Override
  public void onChallenge() {
    if (board.is(JobState.RUNNING)) {
      // Who is not the newest any more cannot complete it.
      attempts.current().coordinator().requestNow();
    }
  }

  private void launch() {
    attempts.launch(new AttemptEvents(this, mailbox), this::begin, this::startFailed);
  }

  private void begin(Attempt started) {
    if (end.isAsked()) {
      endAsAsked();
      return;
    }
    board.attempt(started.tenure().attempt());
    board.moveTo(JobState.RUNNING);
    attempts.begin();
    if (isStopRequested) {
      stop(); // It was asked for before the failure that this attempt comes after.
    }
  }

  private void startFailed(Throwable cause) {
    boolean isFenced = FailureKind.of(cause) == FailureKind.FENCED;
    if (owner.hasLostRace(cause) || (isFenced && end.isAsked())) {
      LOG.info("Job {}: another instance was faster. {}", job.name(), cause.getMessage());
      onOwned();
    } else if (end.isAsked()) {
      endAsAsked();
    } else {
      attemptFailed(cause);
    }
  }

  private void savepoint(URI target, Optional<StopMode> stop, CompletableFuture<Savepoint> answer) {
    if (!board.is(JobState.RUNNING)) {
      answer.completeExceptionally(noSavepoint());
      return;
    }
    CompletableFuture<Cut> cut = new CompletableFuture<>();
    savepoints.copy(cut, target, answer);
    long from = attempts.current().coordinator().requestNow();
    savepoints.add(new SavepointDesk.Request(target.toString(), cut, from));
    stop.ifPresent(this::stop);
  }

  private void cut(String target, Optional<StopMode> stop, CompletableFuture<Cut> answer) {
    if (!board.is(JobState.RUNNING)) {
      answer.completeExceptionally(noSavepoint());
      return;
    }
    CheckpointCoordinator coordinator = attempts.current().coordinator();
    if (coordinator.isHeld()) {
      savepoints.refuse(target, answer, "another group savepoint is under way");
      return;
    }
    long from = stop.isPresent() ? coordinator.requestNow() : coordinator.requestLast();
    savepoints.add(new SavepointDesk.Request(target, answer, from));
    stop.ifPresent(this::stop);
  }

  private CheckpointFailedException noSavepoint() {
    return new CheckpointFailedException(
        "A savepoint of job '"
            + job.name()
            + "' was asked for, but it is "
            + board.state()
            + ". Ask again when it is RUNNING.");
  }

  private void rescale(int parallelism, CompletableFuture<JobStatus> answer) {
    if (board.is(JobState.RUNNING)) {
      rescaling.request(parallelism, answer);
    } else {
      answer.completeExceptionally(noRescale(parallelism));
    }
  }

  private RescaleFailedException noRescale(int parallelism) {
    return rescaling.failed(parallelism, "the job is " + board.state(), Optional.empty());
  }

  private void refuseAll(Optional<Throwable> cause) {
    savepoints.refuseAll(ATTEMPT_ENDED);
    rescaling.refuse(ATTEMPT_ENDED, cause);
  }

  private void stop(StopMode mode) {
    drains |= mode == StopMode.DRAIN;
    stop();
  }

  private void stop() {
    isStopRequested = true;
    if (board.is(JobState.RUNNING)) {
      board.moveTo(JobState.STOPPING);
      attempts.current().coordinator().requestFinal(drains ? End.DRAIN : End.STOP);
    } else if (board.is(JobState.CREATED) || board.is(JobState.STANDBY)) {
      cancel();
    } // Else the next attempt that runs is stopped.
  }

  private void cancel() {
    if (end.isAsked() || board.state().isTerminal()) {
      return;
    }
    switch (board.state()) {
      case CREATED, STANDBY -> end.as(JobState.CANCELLED);
      case RUNNING, STOPPING, RESTARTING -> end(JobState.CANCELLED);
      default -> end.ask(JobState.CANCELLED); // Whoever is at work looks there next.
    }
  }

  private void end(JobState state) {
    end.ask(state);
    endAsAsked();
  }

  private void endAsAsked() {
    refuseAll(Optional.empty());
    attempts.close(() -> end.asAsked(attempts.newest()));
  }

  private void afterFailure(Throwable cause) {
    board.failure(cause);
    diagnostics.failed(cause, board.status().attempt(), clock.millis());
    if (end.isAsked()) {
      endAsAsked();
      return;
    }
    long now = clock.monotonicMillis();
    Optional<Duration> delay =
        owner.hasLostRace(cause)
            ? Optional.of(Duration.ZERO)
            : restarts.afterFailure(cause, attempts.sinceBegin(), now);
    if (delay.isEmpty()) {
      end.as(JobState.SUSPENDED);
      return;
    }
    restartAtMillis = now + delay.get().toMillis();
    board.restarting(restarts.count());
    board.moveTo(JobState.RESTARTING);
    LOG.info("Job {}: next attempt in {} ms", job.name(), delay.get().toMillis());
  }
}
