package dev.weir.internal.job;

import dev.weir.connector.CheckpointLedger;
import dev.weir.error.FencedException;
import dev.weir.error.WeirException;
import dev.weir.internal.base.Closing;
import dev.weir.internal.checkpoint.CheckpointCoordinator;
import dev.weir.internal.operator.SplitState;
import dev.weir.internal.runtime.Execution;
import dev.weir.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/**
 * One run of the job between restarts. Confined to the job's thread, apart from {@link #close} and
 * {@link #reasonOf}, which block and run on an I/O thread when nobody else uses the attempt any
 * more.
 */
final class Attempt implements AutoCloseable {
  private final long number;
  private final Execution execution;
  private final CheckpointCoordinator coordinator;
  private final List<Discovery> discoveries;
  private final boolean waitsForFirstCheckpoint;
  private final CheckpointLedger ledger;
  private final Closing resources;
  private int sourceTasksLeft;

  Attempt(
      long number,
      Execution execution,
      CheckpointCoordinator coordinator,
      List<Discovery> discoveries,
      boolean waitsForFirstCheckpoint,
      CheckpointLedger ledger,
      Closing resources) {
    this.number = number;
    this.execution = execution;
    this.coordinator = coordinator;
    this.discoveries = discoveries;
    this.waitsForFirstCheckpoint = waitsForFirstCheckpoint;
    this.ledger = ledger;
    this.resources = resources;
    this.sourceTasksLeft =
        (int) execution.tasks().stream().filter(task -> task.chain().source().isPresent()).count();
  }

  long number() {
    return number;
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

  /** Throws {@link FencedException} if a newer attempt has taken over from the closed one. */
  void checkNewest() {
    ledger.checkNewest();
  }

  /** What is behind a failure of the closed attempt: a newer attempt, or the failure itself. */
  Throwable reasonOf(Throwable failure) {
    if (failure instanceof WeirException known && !known.isRestartable()) {
      return failure;
    }
    try {
      ledger.checkNewest();
    } catch (FencedException fenced) {
      fenced.addSuppressed(failure);
      return fenced;
    } catch (Throwable unknown) {
      failure.addSuppressed(unknown);
    }
    return failure;
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
