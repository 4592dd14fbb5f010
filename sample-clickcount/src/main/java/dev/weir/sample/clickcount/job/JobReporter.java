package dev.weir.sample.clickcount.job;

import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.job.JobStatus;
import java.io.PrintWriter;

/** Says in lines what has become of a job. Confined to the reporting thread. */
public final class JobReporter {
  /** How the line begins which says that the job processes records. */
  public static final String RUNNING = "STATE " + JobState.RUNNING;

  private final Job job;
  private final MeterReader meters;
  private final PrintWriter out;
  private JobState shown = JobState.CREATED;

  JobReporter(Job job, MeterReader meters, PrintWriter out) {
    this.job = job;
    this.meters = meters;
    this.out = out;
  }

  /** Prints the job's state if it is another than at the last look. */
  void state() {
    JobStatus status = job.status();
    if (status.state() == shown) {
      return;
    }
    shown = status.state();
    out.println(
        "STATE "
            + shown
            + " attempt "
            + status.attempt()
            + status.failure().map(failure -> " after " + failure.getMessage()).orElse(""));
    out.flush();
  }

  /** Prints the job's meters. */
  void meters() {
    out.println(meters.read().line());
    out.flush();
  }
}
