package dev.weir.internal.job;

import dev.weir.internal.base.Closing;
import dev.weir.internal.checkpoint.CheckpointCoordinator;
import dev.weir.internal.operator.SplitState;
import dev.weir.internal.runtime.Execution;
import dev.weir.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/**
 * One run of the job between restarts. Confined to the job's thread, apart from {@link #close},
 * which blocks and runs on an I/O thread when nobody else uses the attempt any more.
 */
final class Attempt implements AutoCloseable {
  private final Tenure tenure;
  private final Execution execution;
  private final CheckpointCoordinator coordinator;
  private final List<Discovery> discoveries;
  private final boolean waitsForFirstCheckpoint;
  private final Closing resources;
  private int sourceTasksLeft;

  Attempt(
      Tenure tenure,
      Execution execution,
      CheckpointCoordinator coordinator,
      List<Discovery> discoveries,
      boolean waitsForFirstCheckpoint,
      Closing resources) {
    this.tenure = tenure;
    this.execution = execution;
    this.coordinator = coordinator;
    this.discoveries = discoveries;
    this.waitsForFirstCheckpoint = waitsForFirstCheckpoint;
    this.resources = resources;
    this.sourceTasksLeft =
        (int) execution.tasks().stream().filter(task -> task.chain().source().isPresent()).count();
  }

  Tenure tenure() {
    return tenure;
  }

  CheckpointCoordinator coordinator() {
    return coordinator;
  }

  /** Lets tasks step. Sources read at once, or after the first checkpoint if positions are new. */
  void begin() {
    execution.start();
    if (!waitsForFirstCheckpoint) {
      execution.startSources();
    }
  }

  /** Lets sources read whose first positions are now in a completed checkpoint. */
  void checkpointCompleted() {
    if (waitsForFirstCheckpoint) {
      execution.startSources();
    }
  }

  /** Counts a source task that has ended; true if it was the last one. */
  boolean sourceEnded() {
    sourceTasksLeft--;
    return sourceTasksLeft == 0;
  }

  /** Does what the clock has made due; true if there was something. */
  boolean tick(Clock clock) {
    boolean worked = coordinator.tick();
    for (Discovery discovery : discoveries) {
      worked |= discovery.tick(clock.monotonicMillis());
    }
    return worked;
  }

  /** Stops the tasks and releases everything. */
  @Override
  public void close() throws Exception {
    resources.close();
  }

  /** Looks for new splits of one source from time to time. Confined to the job's thread. */
  static final class Discovery {
    private final SourceSplits splits;
    private final Execution execution;
    private final Executor io;
    private final AttemptEvents events;
    private final int parallelism;
    private long dueMillis;

    Discovery(SourceSplits splits, Execution execution, Executor io, AttemptEvents events, int n) {
      this.splits = splits;
      this.execution = execution;
      this.io = io;
      this.events = events;
      this.parallelism = n;
      this.dueMillis = Long.MIN_VALUE;
    }

    boolean tick(long nowMillis) {
      if (splits.discoveryInterval().isEmpty() || nowMillis < dueMillis) {
        return false;
      }
      boolean isFirst = dueMillis == Long.MIN_VALUE;
      dueMillis = nowMillis + splits.discoveryInterval().get().toMillis();
      if (!isFirst) {
        io.execute(this::look);
      }
      return !isFirst;
    }

    private void look() {
      try {
        List<List<SplitState>> found = SplitAssignment.assign(splits.discover(), parallelism);
        IntStream.range(0, parallelism)
            .filter(subtask -> !found.get(subtask).isEmpty())
            .forEach(subtask -> execution.addSplits(splits.stage(), subtask, found.get(subtask)));
      } catch (Throwable cause) {
        events.failed(cause);
      }
    }
  }
}
