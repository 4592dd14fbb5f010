package dev.weir;

import dev.weir.internal.job.JobHandle;
import dev.weir.internal.job.Ports;
import dev.weir.internal.job.group.GroupSavepoint;
import dev.weir.internal.job.inspect.CheckpointListing;
import dev.weir.internal.job.inspect.ChecksumCheck;
import dev.weir.internal.job.inspect.SavepointReader;
import dev.weir.internal.job.inspect.StateReading;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.SavepointDiff;
import dev.weir.job.SavepointGroup;
import dev.weir.job.StopMode;
import dev.weir.job.stored.Damage;
import dev.weir.job.stored.StateRow;
import dev.weir.job.stored.StoredCheckpoint;
import dev.weir.pipeline.Pipeline;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Starts pipelines in this JVM. Thread-safe. */
public final class Weir {
  private Weir() {}

  /**
   * Starts a job. Returns at once; the job then takes over its ledger, which ends any other
   * instance of the same job, loads the last completed checkpoint and goes on from there.
   *
   * @param pipeline what to do; later changes to it have no effect
   * @param config how to do it
   * @return the job's handle
   * @throws dev.weir.error.InvalidPipelineException if the pipeline cannot run as written
   * @throws dev.weir.error.InvalidConfigException if the configuration does not fit it
   */
  public static Job start(Pipeline pipeline, JobConfig config) {
    return JobHandle.start(pipeline.graph(), config, Ports.system());
  }

  /**
   * Takes savepoints of several running jobs at one cut, and the jobs go on. Each completes one
   * checkpoint and then takes no other one until all have completed theirs, so no job has read
   * anything of another's committed output that the other's savepoint does not count as written;
   * records flow meanwhile. That holds for jobs that were started in this process and in whichever
   * order they are given. Returns at once.
   *
   * <p>All or nothing: where one job does not run, fails, ends, or holds its checkpoints back for
   * longer than its {@code checkpoint.timeout.ms} because another one is slow, there is no group,
   * and what was copied of it is refused by {@code restore.from}; every job runs on.
   *
   * @param jobs the jobs, with different names
   * @param target an empty place: {@code file:}, {@code memory:} or the URI of a {@link
   *     dev.weir.connector.SnapshotStoreProvider}
   * @return the group, once all of it is there in full and every file is checked; else failed with
   *     a {@link dev.weir.error.WeirException}
   * @throws IllegalArgumentException if there is no job, or two have the same name
   * @throws dev.weir.error.InvalidConfigException if the URI means no store
   */
  public static CompletionStage<SavepointGroup> savepoint(List<Job> jobs, URI target) {
    return GroupSavepoint.take(jobs, target, Optional.empty(), Ports.system());
  }

  /**
   * Like {@link #savepoint}, and each job ends with its final checkpoint, as with {@link
   * Job#stopWithSavepoint(URI)}: nothing is written behind the group. Where there will be no group,
   * the jobs stop all the same, each with its final checkpoint, from which its ledger lets it go
   * on.
   *
   * @param jobs the jobs, with different names
   * @param target an empty place
   * @return the group
   * @throws IllegalArgumentException if there is no job, or two have the same name
   * @throws dev.weir.error.InvalidConfigException if the URI means no store
   */
  public static CompletionStage<SavepointGroup> stopWithSavepoint(List<Job> jobs, URI target) {
    return GroupSavepoint.take(jobs, target, Optional.of(StopMode.SUSPEND), Ports.system());
  }

  /**
   * Compares a pipeline with a savepoint, before it is deployed: which state goes on and how its
   * types have changed, which begins empty, which would be lost, and which topics of sources
   * differ. Starts nothing, changes nothing, and asks no outside system; blocks while it reads
   * every file of the savepoint.
   *
   * <pre>{@code
   * Weir.diff(pipeline, config, savepoint).requireCompatible(); // in a unit test
   * }</pre>
   *
   * @param pipeline what would run
   * @param config with its {@code max.parallelism} and the stages whose loss is allowed
   * @param savepoint where it lies; or the {@code checkpoint.storage} of a job, whose newest
   *     checkpoint is then compared: what the ledger beside it names, or, if the ledger is in
   *     Kafka, the newest of which a manifest is there
   * @return how they fit
   * @throws dev.weir.error.RestoreException if there is no whole savepoint or checkpoint
   */
  public static SavepointDiff diff(Pipeline pipeline, JobConfig config, URI savepoint) {
    return new SavepointReader(Ports.system()).diff(pipeline.graph(), config, savepoint);
  }

  /**
   * Lists the checkpoints that lie in a storage, or the savepoint. Starts, fences and changes
   * nothing, so it may be called while the job runs, which may remove what is listed. Blocks.
   *
   * @param storage a {@code checkpoint.storage}, or where a savepoint lies
   * @return all whose manifest is there, oldest first; also damaged ones
   * @throws dev.weir.error.RestoreException if the ledger beside them is damaged
   * @throws dev.weir.error.StorageException if the storage cannot be read
   */
  public static List<StoredCheckpoint> checkpoints(URI storage) {
    return new CheckpointListing(Ports.system()).of(storage);
  }

  /**
   * Reads every file that a checkpoint in a storage names, and compares length and checksum of all
   * its bytes. Starts and changes nothing. Blocks as long as that takes.
   *
   * @param storage a {@code checkpoint.storage}, or where a savepoint lies; of a running job what
   *     is removed meanwhile is told as missing
   * @return what is missing or damaged; empty: all is as it was written
   * @throws dev.weir.error.StorageException if the storage cannot be read
   */
  public static List<Damage> verify(URI storage) {
    return new ChecksumCheck(Ports.system()).of(storage);
  }

  /**
   * Shows all state of the savepoint, or of the checkpoint that a job would begin from: see {@link
   * #readState(URI, String, Predicate, Consumer)} and, for which one that is, {@link #diff}.
   *
   * @param storage a {@code checkpoint.storage}, or where a savepoint lies
   * @param rows is shown each row, on the caller's thread
   * @throws dev.weir.error.RestoreException if there is none, or it is damaged
   */
  public static void readState(URI storage, Consumer<StateRow> rows) {
    readState(storage, stage -> true, rows);
  }

  /**
   * Shows the state of some stages of the savepoint, or of the checkpoint that a job would begin
   * from: see {@link #readState(URI, String, Predicate, Consumer)} and, for which one that is,
   * {@link #diff}.
   *
   * @param storage a {@code checkpoint.storage}, or where a savepoint lies
   * @param stages the stages to read, by their names in it
   * @param rows is shown each row, on the caller's thread
   * @throws dev.weir.error.RestoreException if there is none, or it is damaged
   */
  public static void readState(URI storage, Predicate<String> stages, Consumer<StateRow> rows) {
    new StateReading(Ports.system()).read(storage, Optional.empty(), stages, rows);
  }

  /**
   * Shows state by the schemas that it was written with; no class of the pipeline is needed. Rows
   * come stage by stage, some key groups at a time, in each of them table by table and in order of
   * time. States of tasks, such as what is kept of broadcast records, are not shown. Starts and
   * changes nothing. Holds about 64 MiB of files in memory; larger state is read several times, and
   * a base of RocksDB is fetched to a temporary folder. Blocks.
   *
   * @param storage a {@code checkpoint.storage}, or where a savepoint lies
   * @param manifest which checkpoint, from {@link StoredCheckpoint#manifest}
   * @param stages the stages to read, by their names in it
   * @param rows is shown each row, on the caller's thread
   * @throws dev.weir.error.RestoreException if it is missing or damaged; names the file
   */
  public static void readState(
      URI storage, String manifest, Predicate<String> stages, Consumer<StateRow> rows) {
    new StateReading(Ports.system()).read(storage, Optional.of(manifest), stages, rows);
  }
}
