package dev.weir.sample.clickcount.demo;

import dev.weir.sample.clickcount.job.JobMeters;
import java.util.Locale;

/** The greatest of each meter over all processes of the job. Pure; confined to one thread. */
final class MeterPeaks {
  private double clicksPerSecond;
  private double lag;
  private double checkpointMillis;
  private long checkpointId;

  void add(JobMeters meters) {
    clicksPerSecond = Math.max(clicksPerSecond, meters.clicksPerSecond());
    lag = Math.max(lag, meters.lag());
    checkpointMillis = Math.max(checkpointMillis, meters.checkpointMillis());
    checkpointId = Math.max(checkpointId, meters.checkpointId());
  }

  String summary() {
    return String.format(
        Locale.ROOT,
        "at most %.0f clicks/s, lag %.0f, checkpoint time %.0f ms; checkpoints up to %d",
        clicksPerSecond,
        lag,
        checkpointMillis,
        checkpointId);
  }
}
