package dev.weir.internal.job;

import dev.weir.error.JobFailedException;
import dev.weir.internal.base.Mailbox;
import dev.weir.internal.base.Stepped;
import dev.weir.internal.base.Waker;
import dev.weir.internal.checkpoint.CheckpointListener.CompletedCheckpoint;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.job.CheckpointRetention;
import dev.weir.job.JobState;
import dev.weir.job.JobStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns a job's life on the job's thread. Requests and events come by mail; starting and closing an
 * attempt run on I/O threads and answer by mail.
 */
final class JobMaster implements Stepped {
  private static final Logger LOG = LoggerFactory.getLogger(JobMaster.class);

  private final JobDefinition job;
  private final Ports ports;
  private final Executor io;
  private final Mailbox mailbox;
  private final JobMeters meters;
  private final JobLifecycle lifecycle = new JobLifecycle();
  private final Restarts restarts;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private AttemptEvents current;
  private Attempt attempt;
  private boolean isStopRequested;
  private Optional<JobState> endsAs = Optional.empty();
  private long restartAtMillis;
  private long runningSinceMillis;
  private volatile JobStatus status;

  JobMaster(JobDefinition job, Ports ports, Executor io, Waker thread) {
    this.job = job;
    this.ports = ports;
    this.io = io;
    this.mailbox = new Mailbox(thread);
    this.restarts = new Restarts(job.config().restartStrategy());
    this.meters = new JobMeters(job, ports.clock());
    this.status =
        new JobStatus(job.name(), JobState.CREATED, 0, 0, OptionalLong.empty(), Optional.empty());
  }

  // ---- from any thread

  JobStatus status() {
    return status;
  }

  CompletableFuture<Void> ended() {
    return ended;
  }

  void requestStart() {
    mailbox.execute(this::start);
  }

  void requestStop() {
    mailbox.execute(this::stop);
  }

  void requestCancel() {
    mailbox.execute(this::cancel);
  }

  // ---- on the job's thread

  @Override
  public boolean step() {
    boolean worked = mailbox.runAll();
    if (lifecycle.is(JobState.RESTARTING) && ports.clock().monotonicMillis() >= restartAtMillis) {
      start();
      worked = true;
    }
    if (attempt != null && (lifecycle.is(JobState.RUNNING) || lifecycle.is(JobState.STOPPING))) {
      worked |= attempt.tick(ports.clock());
    }
    return worked;
  }

  /** Ends everything after an error in Weir itself, which no attempt can mend. */
  void abandon(JobFailedException bug) {
    status = withFailure(bug);
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
          meters.close();
          ended.completeExceptionally(bug); // By hand: no mail is read any more.
        });
  }

  boolean isCurrent(AttemptEvents events) {
    return current == events;
  }

  void acknowledged(TaskId task, long checkpointId, Map<String, StagePart> parts) {
    attempt.coordinator().acknowledged(task, checkpointId, parts);
  }

  void sourceEnded(TaskId task) {
    LOG.info("Job {}: source task {} has read its input to the end", job.name(), task);
    if (attempt.sourceEnded() && lifecycle.is(JobState.RUNNING)) {
      moveTo(JobState.STOPPING);
      attempt.coordinator().requestFinal();
    }
  }

  void checkpointCompleted(CompletedCheckpoint checkpoint) {
    LOG.info(
        "Job {}, attempt {}: checkpoint {} completed in {} ms, {} bytes",
        job.name(),
        attempt.number(),
        checkpoint.checkpointId(),
        checkpoint.durationMillis(),
        checkpoint.bytes());
    meters.completed(checkpoint);
    status = withLastCheckpoint(checkpoint.checkpointId());
    attempt.checkpointCompleted();
    if (checkpoint.isFinal()) {
      end(JobState.FINISHED);
    }
  }

  void checkpointSkipped() {
    meters.skipped();
  }

  void checkpointIsSlow(long checkpointId, String heldBy) {
    LOG.warn(
        "Job {}, attempt {}: checkpoint {} takes long; it is held by {}",
        job.name(),
        attempt.number(),
        checkpointId,
        heldBy);
  }

  void attemptFailed(Throwable cause) {
    LOG.warn("Job {}: the attempt has failed", job.name(), cause);
    status = withFailure(cause);
    moveTo(JobState.FAILING);
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
    moveTo(JobState.RESTORING);
    AttemptEvents events = new AttemptEvents(this, mailbox);
    current = events;
    AttemptStarter starter = new AttemptStarter(job, ports, io, events);
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
    status = withAttempt(started.number());
    moveTo(JobState.RUNNING);
    runningSinceMillis = ports.clock().monotonicMillis();
    started.begin();
    if (isStopRequested) {
      stop(); // It was asked for before the failure that this attempt comes after.
    }
  }

  private void startFailed(Throwable cause) {
    if (endsAs.isPresent()) {
      finishAsAsked(Optional.empty());
    } else {
      attemptFailed(cause);
    }
  }

  private void stop() {
    isStopRequested = true;
    if (lifecycle.is(JobState.RUNNING)) {
      moveTo(JobState.STOPPING);
      attempt.coordinator().requestFinal();
    } else if (lifecycle.is(JobState.CREATED)) {
      cancel();
    } // Else the next attempt that runs is stopped.
  }

  private void cancel() {
    if (endsAs.isPresent() || lifecycle.state().isTerminal()) {
      return;
    }
    switch (lifecycle.state()) {
      case RUNNING, STOPPING -> end(JobState.CANCELLED);
      case CREATED -> finish(JobState.CANCELLED);
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
    status = withFailure(cause);
    moveTo(JobState.FAILING);
    finish(JobState.FAILED);
  }

  /** Closes the attempt elsewhere; from now on nothing it says is heard. */
  private void close(Runnable then) {
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
    status = withFailure(cause);
    if (endsAs.isPresent()) {
      finishAsAsked(Optional.empty());
      return;
    }
    Duration ranFor = Duration.ofMillis(ports.clock().monotonicMillis() - runningSinceMillis);
    Optional<Duration> delay = restarts.afterFailure(cause, ranFor);
    if (delay.isEmpty()) {
      finish(JobState.FAILED);
      return;
    }
    restartAtMillis = ports.clock().monotonicMillis() + delay.get().toMillis();
    meters.restarted();
    moveTo(JobState.RESTARTING);
    LOG.info("Job {}: next attempt in {} ms", job.name(), delay.get().toMillis());
  }

  private void finish(JobState state) {
    moveTo(state);
    meters.close();
    if (state == JobState.FAILED) {
      Throwable cause = status.failure().orElseThrow();
      ended.completeExceptionally(
          new JobFailedException(
              "Job '" + job.name() + "' has failed: " + cause.getMessage(), cause));
    } else {
      ended.complete(null);
    }
  }

  private void moveTo(JobState state) {
    lifecycle.moveTo(state);
    status =
        new JobStatus(
            status.name(),
            state,
            status.attempt(),
            restarts.count(),
            status.lastCheckpointId(),
            status.failure());
    LOG.info("Job {} is {}", job.name(), state);
  }

  private JobStatus withAttempt(long number) {
    return new JobStatus(
        status.name(),
        status.state(),
        number,
        status.restarts(),
        status.lastCheckpointId(),
        status.failure());
  }

  private JobStatus withLastCheckpoint(long checkpointId) {
    return new JobStatus(
        status.name(),
        status.state(),
        status.attempt(),
        status.restarts(),
        OptionalLong.of(checkpointId),
        status.failure());
  }

  private JobStatus withFailure(Throwable cause) {
    return new JobStatus(
        status.name(),
        status.state(),
        status.attempt(),
        status.restarts(),
        status.lastCheckpointId(),
        Optional.of(cause));
  }
}
