package dev.weir;

import dev.weir.internal.job.JobHandle;
import dev.weir.internal.job.Ports;
import dev.weir.internal.job.inspect.SavepointReader;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.SavepointDiff;
import dev.weir.pipeline.Pipeline;
import java.net.URI;

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
   * @param savepoint where it lies
   * @return how they fit
   * @throws dev.weir.error.RestoreException if there is no whole savepoint
   */
  public static SavepointDiff diff(Pipeline pipeline, JobConfig config, URI savepoint) {
    return new SavepointReader(Ports.system()).diff(pipeline.graph(), config, savepoint);
  }
}
