package dev.weir.testing.suite.job;

import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.job.JobStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Changes a job's parallelism over and over, once a checkpoint is completed in between. */
final class Rescales {
  private final List<Integer> inTurn;
  private CompletableFuture<JobStatus> last = new CompletableFuture<>();
  private long lastCheckpoint = -1;
  private int next;

  Rescales(Settings settings) {
    this.inTurn =
        settings.optional(Setting.RESCALES).stream()
            .flatMap(text -> Stream.of(text.split(",")))
            .map(Integer::parseInt)
            .toList();
    last.cancel(false);
  }

  /** Begins the next one, if it is time. */
  void look(Job job) {
    JobStatus now = job.status();
    boolean isTime =
        !inTurn.isEmpty()
            && now.state() == JobState.RUNNING
            && last.isDone()
            && now.lastCheckpointId().orElse(-1) > lastCheckpoint;
    if (isTime) {
      lastCheckpoint = now.lastCheckpointId().getAsLong() + 2;
      int parallelism = inTurn.get(next++ % inTurn.size());
      last = job.rescale(parallelism).toCompletableFuture();
      last.thenRun(() -> System.out.println("RESCALED " + parallelism));
    }
  }
}
