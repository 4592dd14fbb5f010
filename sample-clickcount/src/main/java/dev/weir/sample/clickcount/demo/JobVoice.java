package dev.weir.sample.clickcount.demo;

import dev.weir.sample.clickcount.job.JobMeters;
import dev.weir.sample.clickcount.job.JobReporter;
import java.util.Optional;

/**
 * What one process of the job has said so far. Heard by the thread that reads it, asked by another.
 */
final class JobVoice {
  private volatile Optional<JobMeters> meters = Optional.empty();
  private volatile boolean isRunning;

  void hear(String line) {
    if (line.startsWith(JobReporter.RUNNING)) {
      isRunning = true;
    }
    JobMeters.parse(line).ifPresent(heard -> meters = Optional.of(heard));
  }

  /** Whether it has said that the job processes records. */
  boolean isRunning() {
    return isRunning;
  }

  /** Its newest meters. */
  Optional<JobMeters> meters() {
    return meters;
  }
}
