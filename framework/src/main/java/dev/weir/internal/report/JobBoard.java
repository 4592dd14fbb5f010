package dev.weir.internal.report;

import dev.weir.error.FailureKind;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.JobStatus;
import dev.weir.job.StuckTask;
import dev.weir.job.Suspension;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What others see of a job: its status, its log lines, its meters, its listeners. Written on the
 * job's thread; {@link #status} is anybody's.
 */
public final class JobBoard {
  private static final Logger LOG = LoggerFactory.getLogger(JobBoard.class);

  private final JobLifecycle lifecycle = new JobLifecycle();
  private final JobMeters meters;
  private final Listeners listeners;
  private final StuckNews stuckNews = new StuckNews();
  private volatile JobStatus status;

  /** The board of a job that has just been made. */
  public JobBoard(String job, JobConfig config, Clock clock, Executor io) {
    this.meters = new JobMeters(job, config.meters(), clock);
    this.listeners = new Listeners(config.listeners(), io);
    this.status =
        new JobStatus(
            job,
            JobState.CREATED,
            0,
            0,
            config.parallelism(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    meters.parallelism(config.parallelism());
  }

  /** What is to be seen now; from any thread. */
  public JobStatus status() {
    return status;
  }

  /** Where the job is in its life. */
  public JobState state() {
    return lifecycle.state();
  }

  /** Whether it is there. */
  public boolean is(JobState state) {
    return lifecycle.is(state);
  }

  /** Goes there; an illegal move is an error that names both. */
  public void moveTo(JobState next) {
    JobState before = lifecycle.state();
    lifecycle.moveTo(next);
    if (next != JobState.RUNNING && next != JobState.STOPPING) {
      stuck(List.of());
    }
    Now now = new Now(status);
    now.state = next;
    show(now);
    meters.state(next);
    LOG.info("Job {} is {}", status.name(), next);
    JobStatus told = status;
    listeners.tell(listener -> listener.onStateChange(before, told));
  }

  /** An attempt begins to run. */
  public void attempt(long number) {
    Now now = new Now(status);
    now.attempt = number;
    show(now);
  }

  /** One more restart will follow. */
  public void restarting(int restarts) {
    meters.restarted();
    Now now = new Now(status);
    now.restarts = restarts;
    show(now);
  }

  /** Other tasks have taken over; for so long no record was read. */
  public void rescaled(int parallelism, Duration pause) {
    int before = status.parallelism();
    LOG.info(
        "Job {}, attempt {}: rescaled from {} to {} in {} ms",
        status.name(),
        status.attempt(),
        before,
        parallelism,
        pause.toMillis());
    meters.rescaled(parallelism, pause);
    Now now = new Now(status);
    now.parallelism = parallelism;
    show(now);
    JobStatus told = status;
    listeners.tell(listener -> listener.onRescale(before, told, pause));
  }

  /** A checkpoint is completed. */
  public void completed(long checkpointId, Duration duration, long bytes) {
    LOG.info(
        "Job {}, attempt {}: checkpoint {} completed in {} ms, {} bytes",
        status.name(),
        status.attempt(),
        checkpointId,
        duration.toMillis(),
        bytes);
    meters.completed(checkpointId, duration, bytes);
    Now now = new Now(status);
    now.lastCheckpointId = OptionalLong.of(checkpointId);
    show(now);
    listeners.tell(listener -> listener.onCheckpoint(checkpointId, duration, bytes));
  }

  /** A checkpoint was not needed. */
  public void skipped() {
    meters.skipped();
  }

  /** A standby has fetched so many bytes of checkpoint files. */
  public void warmed(long bytes) {
    meters.warmed(bytes);
  }

  /** A standby could not fetch checkpoint files. */
  public void warmingFailed() {
    meters.warmingFailed();
  }

  /** A checkpoint takes long. */
  public void slow(long checkpointId, String heldBy) {
    LOG.warn(
        "Job {}, attempt {}: checkpoint {} takes long; it is held by {}",
        status.name(),
        status.attempt(),
        checkpointId,
        heldBy);
  }

  /** These tasks have been in one call for long; none: no more. */
  public void stuck(List<StuckTask> tasks) {
    if (tasks.isEmpty() && status.stuck().isEmpty()) {
      return;
    }
    StuckNews.News news = stuckNews.look(tasks);
    news.stuck().forEach(this::warn);
    news.returned().forEach(this::told);
    meters.stuck(tasks.size());
    Now now = new Now(status);
    now.stuck = tasks;
    show(now);
  }

  private void warn(StuckTask task) {
    LOG.warn(
        "Job {}, attempt {}: task {} has been in one call for {} s, on thread {}. Until it returns"
            + " the other tasks of that thread stand still and no checkpoint completes. Let it wait"
            + " for less, by a timeout of what it calls; a checkpoint that waits for it for"
            + " checkpoint.timeout.ms fails the attempt, which interrupts it. It is{}",
        status.name(),
        status.attempt(),
        task.task(),
        task.lasted().toSeconds(),
        task.thread(),
        task.stack().isEmpty()
            ? " where cannot be told"
            : task.stack().stream().map(call -> "\n    at " + call).collect(Collectors.joining()));
  }

  private void told(StuckTask task) {
    LOG.info(
        "Job {}, attempt {}: task {} is not stuck any more, after {} s",
        status.name(),
        status.attempt(),
        task.task(),
        task.lasted().toSeconds());
  }

  /** An attempt has failed. */
  public void failed(Throwable failure) {
    FailureKind kind = FailureKind.of(failure);
    LOG.warn("Job {}: an attempt has failed, {}", status.name(), kind, failure);
    meters.failed(kind);
    failure(failure);
    listeners.tell(listener -> listener.onFailure(kind, failure));
  }

  /** What was behind the failure that is told already. */
  public void failure(Throwable failure) {
    Now now = new Now(status);
    now.failure = Optional.of(failure);
    show(now);
  }

  /** Nothing is tried any more. */
  public void suspended(Suspension suspension) {
    LOG.error(
        "{}{}",
        suspension.diagnostics(),
        suspension.file().map(file -> "More, with stacks and settings: " + file).orElse(""));
    Now now = new Now(status);
    now.suspension = Optional.of(suspension);
    show(now);
  }

  /** Runs when all listeners have been told; no meter is left. */
  public void close(Runnable then) {
    meters.close();
    listeners.afterwards(then);
  }

  private void show(Now now) {
    status =
        new JobStatus(
            status.name(),
            now.state,
            now.attempt,
            now.restarts,
            now.parallelism,
            now.lastCheckpointId,
            now.failure,
            now.suspension,
            now.stuck);
  }

  /** A status that is being changed. */
  private static final class Now {
    private JobState state;
    private long attempt;
    private int restarts;
    private int parallelism;
    private OptionalLong lastCheckpointId;
    private Optional<Throwable> failure;
    private Optional<Suspension> suspension;
    private List<StuckTask> stuck;

    Now(JobStatus status) {
      this.state = status.state();
      this.attempt = status.attempt();
      this.restarts = status.restarts();
      this.parallelism = status.parallelism();
      this.lastCheckpointId = status.lastCheckpointId();
      this.failure = status.failure();
      this.suspension = status.suspension();
      this.stuck = status.stuck();
    }
  }
}
