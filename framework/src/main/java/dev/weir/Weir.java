package dev.weir;

import dev.weir.internal.job.JobHandle;
import dev.weir.internal.job.Ports;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.pipeline.Pipeline;

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
}
