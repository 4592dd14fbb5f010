package dev.weir.benchmarks.run;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be run.
 *
 * @param workload which
 * @param engines in this order, in each round
 * @param rounds how often
 * @param count records of W1 to W3, W6, W8 and W9
 * @param keys of W8 and W9
 * @param intervalMillis from one commit or checkpoint to the next
 * @param parallelism threads or tasks
 * @param rate records a second of W4 and W5
 * @param warmSeconds what W4 and W5 do not count
 * @param seconds what they count
 * @param timeoutSeconds after which a run with an end is void
 * @param quietSeconds how long to wait for the machine to have nothing else to do
 * @param isArchived whether engines load their classes from an archive
 * @param folder where results and logs go
 */
public record Settings(
    Workload workload,
    List<Engine> engines,
    int rounds,
    long count,
    int keys,
    int intervalMillis,
    int parallelism,
    int rate,
    int warmSeconds,
    int seconds,
    int timeoutSeconds,
    int quietSeconds,
    boolean isArchived,
    Path folder) {

  /** The same for one run of W7. */
  Settings ofStart() {
    return new Settings(
        Workload.W7,
        engines,
        1,
        Workload.W7.usualCount(keys),
        keys,
        Workload.W7.usualIntervalMillis(keys),
        parallelism,
        rate,
        warmSeconds,
        seconds,
        Workload.W7.usualTimeoutSeconds(),
        quietSeconds,
        isArchived,
        folder);
  }
}
