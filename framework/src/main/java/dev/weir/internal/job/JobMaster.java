package dev.weir.internal.job;

import dev.weir.error.CheckpointFailedException;
import dev.weir.error.FailureKind;
import dev.weir.error.JobFailedException;
import dev.weir.internal.base.Closing;
import dev.weir.internal.base.Mailbox;
import dev.weir.internal.base.Stepped;
import dev.weir.internal.base.Waker;
import dev.weir.internal.checkpoint.CheckpointListener.CompletedCheckpoint;
import dev.weir.internal.checkpoint.TaskGateway.End;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.internal.owner.Ownership;
import dev.weir.internal.report.Diagnostics;
import dev.weir.internal.report.SuspensionFile;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.job.CheckpointRetention;
import dev.weir.job.JobState;
import dev.weir.job.JobStatus;
import dev.weir.job.Savepoint;
import dev.weir.job.StopMode;
import dev.weir.job.Suspension;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns a job's life on the job's thread. Requests and events come by mail; starting and closing an
 * attempt run on I/O threads and answer by mail.
 */
final class JobMaster implements Stepped, Ownership.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(JobMaster.class);

  private final JobDefinition job;
  private final Ports ports;
  private final Executor io;
  private final QueryDesk queries;
  private final Mailbox mailbox;
  private final JobBoard board;
  private final Restarts restarts;
  private final Diagnostics diagnostics = new Diagnostics();
  private final SavepointDesk savepoints;
  private final Ownership owner;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private AttemptEvents current;
  private Attempt attempt;
  private boolean isStopRequested;
  private boolean drains;
  private Optional<JobState> endsAs = Optional.empty();
  private long restartAtMillis;
  private long runningSinceMillis;

  JobMaster(JobDefinition job, Ports ports, Executor io, Waker thread, QueryDesk queries) {
    this.queries = queries;
    this.job = job;
    this.ports = ports;
    this.io = io;
    this.mailbox = new Mailbox(thread);
    this.savepoints = new SavepointDesk(job, ports, io, mailbox);
    this.owner =
        new Ownership(
            job.name(),
            job.config().standbyDetection(),
            () -> new AttemptResources(job, ports, io, new Closing()).beacon(),
            new Ownership.Room(ports.clock(), io, mailbox),
            this);
    this.restarts = new Restarts(job.config().restartStrategy());
    this.board =
        new JobBoard(
            job.name(),
            new JobMeters(job, ports.clock()),
            new Listeners(job.config().listeners(), io));
  }

  // ---- from any thread

  JobStatus status() {
    return board.status();
  }

  CompletableFuture<Void> ended() {
    return ended;
  }

  void requestStart() {
    mailbox.execute(this::start);
  }

  void requestStop(StopMode mode) {
    mailbox.execute(() -> stop(mode));
  }

  CompletableFuture<Savepoint> requestSavepoint(URI target, Optional<StopMode> stop) {
    CompletableFuture<Savepoint> answer = new CompletableFuture<>();
    mailbox.execute(() -> savepoint(target, stop, answer));
    CompletableFuture<Void> unused =
        ended.whenComplete((nothing, failure) -> answer.completeExceptionally(noSavepoint()));
    return answer;
  }

  void requestCancel() {
    mailbox.execute(this::cancel);
  }

  // ---- on the job's thread

  @Override
  public boolean step() {
    boolean worked = mailbox.runAll();
    if (board.is(JobState.RESTARTING) && ports.clock().monotonicMillis() >= restartAtMillis) {
      start();
      worked = true;
    }
    worked |= owner.step(board.state());
    if (attempt != null && (board.is(JobState.RUNNING) || board.is(JobState.STOPPING))) {
      worked |= attempt.tick(ports.clock());
    }
    return worked;
  }

  /** Ends everything after an error in Weir itself, which no attempt can mend. */
  void abandon(JobFailedException bug) {
    board.failed(bug);
    current = null;
    Attempt old = attempt;
    io.execute(
        () -> {
          try {
            if (old != null) {
              old.close();
            }
          } catch (Throwable alsoFailed) {
            bug.addSuppressed(alsoFailed);
          }
          // By hand: no mail is read any more.
          owner.release(() -> board.close(() -> ended.completeExceptionally(bug)));
        });
  }

  boolean isCurrent(AttemptEvents events) {
    return current == events;
  }

  void acknowledged(TaskId task, long checkpointId, Map<String, StagePart> parts) {
    attempt.coordinator().acknowledged(task, checkpointId, parts);
  }

  void wantsCheckpoint(TaskId task) {
    LOG.debug("Job {}: task {} asks for a checkpoint, too many changes wait", job.name(), task);
    attempt.coordinator().requestEarly();
  }

  void sourceEnded(TaskId task) {
    LOG.info("Job {}: source task {} has read its input to the end", job.name(), task);
    if (attempt.sourceEnded() && board.is(JobState.RUNNING)) {
      board.moveTo(JobState.STOPPING);
      attempt.coordinator().requestFinal();
    }
  }

  void checkpointCompleted(CompletedCheckpoint checkpoint) {
    board.completed(checkpoint);
    attempt.checkpointCompleted();
    savepoints.completed(checkpoint, attempt);
    if (checkpoint.isFinal()) {
      savepoints.afterwards(() -> finishStopped());
    }
  }

  /** Unless it was cancelled while the last savepoint was being copied. */
  private void finishStopped() {
    if (board.is(JobState.STOPPING) && endsAs.isEmpty()) {
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
    Attempt old = attempt;
    close(() -> lookForReason(old, cause));
  }

  private void lookForReason(Attempt old, Throwable cause) {
    if (old == null) {
      afterFailure(cause);
      return;
    }
    io.execute(
        () -> {
          Throwable reason = old.reasonOf(cause);
          mailbox.execute(() -> afterFailure(reason));
        });
  }

  private void start() {
    if (endsAs.isPresent()) {
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
    if (endsAs.isPresent() || isStopRequested) {
      finish(JobState.CANCELLED); // And its checkpoints are the owner's to remove.
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
    if (attempt != null && board.is(JobState.RUNNING)) {
      attempt.coordinator().requestNow(); // Who is not the newest any more cannot complete it.
    }
  }

  private void launch() {
    AttemptEvents events = new AttemptEvents(this, mailbox);
    current = events;
    AttemptStarter starter = new AttemptStarter(job, ports, io, events, queries);
    io.execute(
        () -> {
          try {
            Attempt started = starter.start();
            mailbox.execute(() -> begin(started));
          } catch (Throwable cause) {
            mailbox.execute(() -> startFailed(cause));
          }
        });
  }

  private void begin(Attempt started) {
    attempt = started;
    if (endsAs.isPresent()) {
      end(endsAs.get());
      return;
    }
    board.attempt(started.number());
    board.moveTo(JobState.RUNNING);
    runningSinceMillis = ports.clock().monotonicMillis();
    started.begin();
    if (isStopRequested) {
      stop(); // It was asked for before the failure that this attempt comes after.
    }
  }

  private void startFailed(Throwable cause) {
    if (endsAs.isPresent()) {
      finishAsAsked(Optional.empty());
    } else if (owner.hasLostRace(cause)) {
      LOG.info("Job {}: another instance was faster. {}", job.name(), cause.getMessage());
      onOwned();
    } else {
      attemptFailed(cause);
    }
  }

  private void savepoint(URI target, Optional<StopMode> stop, CompletableFuture<Savepoint> answer) {
    if (!board.is(JobState.RUNNING)) {
      answer.completeExceptionally(noSavepoint());
      return;
    }
    long from = attempt.coordinator().requestNow();
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

  private void stop(StopMode mode) {
    drains |= mode == StopMode.DRAIN;
    stop();
  }

  private void stop() {
    isStopRequested = true;
    if (board.is(JobState.RUNNING)) {
      board.moveTo(JobState.STOPPING);
      attempt.coordinator().requestFinal(drains ? End.DRAIN : End.STOP);
    } else if (board.is(JobState.CREATED) || board.is(JobState.STANDBY)) {
      cancel();
    } // Else the next attempt that runs is stopped.
  }

  private void cancel() {
    if (endsAs.isPresent() || board.state().isTerminal()) {
      return;
    }
    switch (board.state()) {
      case RUNNING, STOPPING -> end(JobState.CANCELLED);
      case CREATED, STANDBY -> finish(JobState.CANCELLED);
      case RESTARTING -> {
        endsAs = Optional.of(JobState.CANCELLED);
        finishAsAsked(Optional.empty());
      }
      default -> endsAs = Optional.of(JobState.CANCELLED); // Whoever is at work looks there next.
    }
  }

  private void end(JobState state) {
    endsAs = Optional.of(state);
    Optional<Attempt> old = Optional.ofNullable(attempt);
    close(() -> finishAsAsked(old));
  }

  private void finishAsAsked(Optional<Attempt> old) {
    JobState state = endsAs.orElseThrow();
    boolean erases =
        job.config().checkpoints().retention() == CheckpointRetention.DELETE_ON_CANCELLATION;
    if (state != JobState.CANCELLED || !erases) {
      finish(state);
      return;
    }
    io.execute(
        () -> {
          try {
            new CheckpointErasure(job, ports, io).run(old);
            mailbox.execute(() -> finish(JobState.CANCELLED));
          } catch (Throwable cause) {
            mailbox.execute(() -> erasureFailed(cause));
          }
        });
  }

  private void erasureFailed(Throwable cause) {
    LOG.warn("Job {}: cancelled, but its checkpoints could not be removed", job.name(), cause);
    diagnostics.failed(cause, board.status().attempt(), ports.clock().millis());
    board.failed(cause);
    board.moveTo(JobState.FAILING);
    finish(JobState.SUSPENDED);
  }

  /** Closes the attempt elsewhere; from now on nothing it says is heard. */
  private void close(Runnable then) {
    savepoints.refuseAll("its attempt has ended");
    current = null;
    Attempt old = attempt;
    attempt = null;
    if (old == null) {
      then.run();
      return;
    }
    io.execute(
        () -> {
          try {
            old.close();
          } catch (Throwable cause) {
            LOG.warn("Job {}: closing attempt {} failed", job.name(), old.number(), cause);
          }
          mailbox.execute(then);
        });
  }

  private void afterFailure(Throwable cause) {
    board.failure(cause);
    diagnostics.failed(cause, board.status().attempt(), ports.clock().millis());
    if (endsAs.isPresent()) {
      finishAsAsked(Optional.empty());
      return;
    }
    long now = ports.clock().monotonicMillis();
    Optional<Duration> delay =
        owner.hasLostRace(cause)
            ? Optional.of(Duration.ZERO)
            : restarts.afterFailure(cause, Duration.ofMillis(now - runningSinceMillis), now);
    if (delay.isEmpty()) {
      finish(JobState.SUSPENDED);
      return;
    }
    restartAtMillis = now + delay.get().toMillis();
    board.restarting(restarts.count());
    board.moveTo(JobState.RESTARTING);
    LOG.info("Job {}: next attempt in {} ms", job.name(), delay.get().toMillis());
  }

  private void finish(JobState state) {
    if (state != JobState.SUSPENDED) {
      board.moveTo(state);
      leave(() -> ended.complete(null));
      return;
    }
    Throwable cause = board.status().failure().orElseThrow();
    owner.failed(cause);
    SuspensionFile file = new SuspensionFile(ports.disk(), job.name(), job.config());
    Suspension why = diagnostics.suspension(board.status(), cause, ports.clock().millis());
    String stacks = diagnostics.stacks();
    io.execute(
        () -> {
          Suspension written = file.write(why, stacks);
          mailbox.execute(() -> suspend(written, cause));
        });
  }

  private void suspend(Suspension why, Throwable cause) {
    board.suspended(why);
    board.moveTo(JobState.SUSPENDED);
    String told = "Job '" + job.name() + "' is suspended: " + why.summary();
    leave(() -> ended.completeExceptionally(new JobFailedException(told, cause)));
  }

  /** When it shows that this instance is gone, and everybody is told, the job has ended. */
  private void leave(Runnable then) {
    owner.release(() -> mailbox.execute(() -> board.close(then)));
  }
}
