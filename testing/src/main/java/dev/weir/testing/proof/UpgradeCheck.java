package dev.weir.testing.proof;

import dev.weir.Weir;
import dev.weir.job.JobConfig;
import dev.weir.job.SavepointDiff;
import dev.weir.pipeline.Pipeline;
import java.net.URI;

/**
 * Checks in a unit test that the next version of a pipeline can go on with the state of the one
 * that is deployed, for which a small savepoint of it is kept beside the test.
 *
 * <pre>{@code
 * UpgradeCheck.assertUpgrades(clicks(), Path.of("src/test/savepoints/v7").toUri());
 * }</pre>
 *
 * <p>Needs no broker. Stateless.
 */
public final class UpgradeCheck {
  private UpgradeCheck() {}

  /**
   * Passes if a job with the usual configuration would begin from the savepoint.
   *
   * @param pipeline the next version
   * @param savepoint where a savepoint of the version before lies
   * @return how they fit, for closer looks
   * @throws AssertionError if the job would refuse; names everything that does not fit, field by
   *     field, and what to do
   * @throws dev.weir.error.RestoreException if there is no whole savepoint
   */
  public static SavepointDiff assertUpgrades(Pipeline pipeline, URI savepoint) {
    return assertUpgrades(pipeline, JobConfig.builder().build(), savepoint);
  }

  /**
   * The same with a configuration of its own.
   *
   * @param pipeline the next version
   * @param config with its {@code max.parallelism} and the stages whose loss is allowed
   * @param savepoint where a savepoint of the version before lies
   * @return how they fit, for closer looks
   * @throws AssertionError if the job would refuse
   * @throws dev.weir.error.RestoreException if there is no whole savepoint
   */
  public static SavepointDiff assertUpgrades(Pipeline pipeline, JobConfig config, URI savepoint) {
    SavepointDiff diff = Weir.diff(pipeline, config, savepoint);
    if (!diff.isCompatible()) {
      throw new AssertionError(
          "Pipeline '"
              + pipeline.name()
              + "' cannot go on from "
              + savepoint
              + ":\n  "
              + String.join("\n  ", diff.incompatible()));
    }
    return diff;
  }
}
