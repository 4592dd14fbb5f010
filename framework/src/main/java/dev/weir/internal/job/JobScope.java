package dev.weir.internal.job;

import dev.weir.internal.query.QueryDesk;
import java.util.concurrent.Executor;

/**
 * What the parts of a job on its own thread share. Immutable.
 *
 * @param job what runs
 * @param ports what it runs on
 * @param io for what blocks
 * @param thread the job's thread, by mail
 * @param queries takes queries to the attempt that runs
 */
record JobScope(JobDefinition job, Ports ports, Executor io, Executor thread, QueryDesk queries) {
  String name() {
    return job.name();
  }
}
