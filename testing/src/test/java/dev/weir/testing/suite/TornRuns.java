package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.error.JobFailedException;
import dev.weir.error.UnrecoverableConnectorException;
import dev.weir.job.Job;
import dev.weir.job.JobState;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs in which a lone broker dies: by that Kafka may tear a transaction, of which some partitions
 * have the end and others never get it. Then the job must refuse to go on, and the next run counts.
 */
final class TornRuns {
  private static final int MOST = 1;
  private static final String TORN = "found a transaction that Kafka has ended in";

  private TornRuns() {}

  /** Runs it, and once again if the job had to refuse. */
  static void untilWhole(Path folder, Run run) throws Exception {
    int torn = 0;
    while (!run.isWhole(Files.createDirectory(folder.resolve("run" + torn)))) {
      torn++;
      System.out.println("The job had to refuse, since the broker died in between");
      assertThat(torn).as("runs in which the job had to refuse").isLessThanOrEqualTo(MOST);
    }
  }

  /** Does something with a job; false if that failed because the job had to refuse. */
  static boolean isWhole(Job job, Work work) throws Exception {
    try {
      work.run();
    } catch (AssertionError | JobFailedException ended) {
      if (!isTorn(job)) {
        throw ended;
      }
      return false;
    }
    return true;
  }

  private static boolean isTorn(Job job) {
    return job.status().state() == JobState.SUSPENDED
        && job.status()
            .failure()
            .filter(UnrecoverableConnectorException.class::isInstance)
            .filter(failure -> failure.getMessage().contains(TORN))
            .isPresent();
  }

  /** A run with topics of its own. */
  @FunctionalInterface
  interface Run {
    /** Runs and audits a job; false if it had to refuse. */
    boolean isWhole(Path folder) throws Exception;
  }

  /** What is done with a job. */
  @FunctionalInterface
  interface Work {
    /** Does it. */
    void run() throws Exception;
  }
}
