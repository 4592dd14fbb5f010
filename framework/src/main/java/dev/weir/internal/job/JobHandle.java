package dev.weir.internal.job;

import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.JobFailedException;
import dev.weir.internal.base.Checks;
import dev.weir.internal.base.Stepped;
import dev.weir.internal.query.QueryDesk;
import dev.weir.internal.runtime.Worker;
import dev.weir.internal.snapshot.SnapshotStores;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobStatus;
import dev.weir.job.KeyQuery;
import dev.weir.job.Savepoint;
import dev.weir.job.StateQuery;
import dev.weir.job.StopMode;
import dev.weir.pipeline.LogicalGraph;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A started job as its user holds it. Thread-safe: every request is mail to the job's thread. */
public final class JobHandle implements Job {
  private final JobMaster master;
  private final QueryDesk queries;
  private final int maxParallelism;

  private JobHandle(JobMaster master, QueryDesk queries, int maxParallelism) {
    this.maxParallelism = maxParallelism;
    this.master = master;
    this.queries = queries;
  }

  /**
   * Plans and starts a job.
   *
   * @throws dev.weir.error.InvalidPipelineException if the pipeline cannot run as written
   * @throws dev.weir.error.InvalidConfigException if the configuration does not fit it
   */
  public static Job start(LogicalGraph graph, JobConfig config, Ports ports) {
    JobDefinition job = JobDefinition.of(graph, config);
    ExecutorService io = ports.threads().io("weir-" + job.name() + "-io");
    Worker thread = new Worker(ports.threads(), "weir-" + job.name(), false, JobHandle::bug);
    QueryDesk queries = new QueryDesk(job.graph(), io);
    JobMaster master = new JobMaster(job, ports, io, thread, queries);
    CompletionStage<Void> end = master.ended();
    end.whenComplete(
        (nothing, failure) -> {
          thread.stop();
          io.shutdown();
        });
    thread.add(master);
    thread.start();
    master.requestStart();
    return new JobHandle(master, queries, config.maxParallelism());
  }

  private static void bug(Stepped master, Throwable failure) {
    ((JobMaster) master)
        .abandon(
            new JobFailedException(
                "The job's own thread has failed, which is an error in Weir: " + failure, failure));
  }

  @Override
  public String name() {
    return status().name();
  }

  @Override
  public JobStatus status() {
    return master.status();
  }

  @Override
  public void await() throws InterruptedException {
    try {
      master.ended().get();
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  @Override
  public boolean await(Duration timeout) throws InterruptedException {
    try {
      master.ended().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  @Override
  public CompletionStage<JobStatus> completion() {
    return master.ended().handle((nothing, failure) -> master.status());
  }

  @Override
  public CompletionStage<Savepoint> savepoint(URI target) {
    SnapshotStores.check(target);
    return master.requestSavepoint(target, Optional.empty());
  }

  /**
   * Completes one more checkpoint, behind which the job takes none until it is released; or, if it
   * shall stop, its final one. Fails with a {@link dev.weir.error.CheckpointFailedException} if the
   * job does not run, its attempt ends before, or another one holds its checkpoints already.
   */
  public CompletableFuture<Cut> cut(Optional<StopMode> stop) {
    return master.requestCut(stop);
  }

  /** A completed checkpoint whose files stay until it is {@link #done} with. Thread-safe. */
  public interface Cut {
    /** Whose it is. */
    String job();

    /** Which one it is. */
    long checkpointId();

    /**
     * Lets the job take checkpoints again.
     *
     * @return whether it has completed none behind this one, in no attempt; false if it has ended
     */
    CompletableFuture<Boolean> release();

    /** Copies files and manifest, and no marker; gives what a marker is to name. Blocks. */
    LedgerEntry copyTo(SnapshotStore to, String name);

    /** The files are not needed any more; a job that stops with it may end. */
    void done();
  }

  @Override
  public CompletionStage<Savepoint> stopWithSavepoint(URI target, StopMode mode) {
    SnapshotStores.check(target);
    return master.requestSavepoint(target, Optional.of(mode));
  }

  @Override
  public <R> CompletionStage<R> query(String stage, StateQuery<R> query) {
    return queries.ask(stage, query);
  }

  @Override
  public <K, R> CompletionStage<List<Map.Entry<K, R>>> query(String stage, KeyQuery<K, R> query) {
    return queries.ask(stage, query);
  }

  @Override
  public CompletionStage<JobStatus> rescale(int parallelism) {
    Checks.argument(
        1 <= parallelism && parallelism <= maxParallelism,
        "Tried to rescale job '%s' to %s tasks per stage. Ask for 1 to %s, its max.parallelism,"
            + " which is fixed with the first checkpoint.",
        name(),
        parallelism,
        maxParallelism);
    return master.requestRescale(parallelism);
  }

  @Override
  public void stop(StopMode mode) {
    master.requestStop(mode);
  }

  @Override
  public void cancel() {
    master.requestCancel();
  }

  @Override
  public void close() {
    cancel();
    master.ended().exceptionally(failure -> null).join();
  }

  private static JobFailedException failed(ExecutionException e) {
    JobFailedException original = (JobFailedException) e.getCause();
    return new JobFailedException(original.getMessage(), original.getCause());
  }
}
