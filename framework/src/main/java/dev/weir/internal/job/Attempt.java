package dev.weir.internal.job;

import dev.weir.internal.base.Closing;
import dev.weir.internal.checkpoint.CheckpointCoordinator;
import dev.weir.internal.operator.SplitState;
import dev.weir.internal.runtime.Execution;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.state.StateStore;
import dev.weir.job.StuckTask;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One run of the job between restarts. Confined to the job's thread, apart from {@link #close},
 * which blocks and runs on an I/O thread when nobody else uses the attempt any more.
 */
final class Attempt implements AutoCloseable {
  private final Tenure tenure;
  private final Room room;
  private final CheckpointCoordinator coordinator;
  private final boolean waitsForFirstCheckpoint;
  private final Closing resources;
  private Execution execution;
  private List<Discovery> discoveries;
  private int sourceTasksLeft;
  private volatile CountDownLatch idle = new CountDownLatch(0);

  Attempt(
      Tenure tenure,
      Room room,
      Execution execution,
      CheckpointCoordinator coordinator,
      boolean waitsForFirstCheckpoint,
      Closing resources) {
    this.tenure = tenure;
    this.room = room;
    this.coordinator = coordinator;
    this.waitsForFirstCheckpoint = waitsForFirstCheckpoint;
    this.resources = resources;
    runs(execution);
  }

  private void runs(Execution now) {
    execution = now;
    discoveries = room.executions().discoveries(now, room.serialIo());
    sourceTasksLeft =
        (int) now.tasks().stream().filter(task -> task.chain().source().isPresent()).count();
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

  /** Which tasks have been in one step for so long; empty if it was looked just before. */
  Optional<List<StuckTask>> stuck(Clock clock, Duration after) {
    return execution.stuck(clock.monotonicMillis(), after.toMillis());
  }

  /** How long until {@link #tick} has something to do that cannot wait for a second. */
  long restMillis() {
    return coordinator.restMillis();
  }

  /**
   * Opens what other tasks will need, while these go on.
   *
   * @param job as it will run
   * @param whenOpen told on the job's thread, unless the attempt is over by then
   * @param whenFailed the same; these tasks go on
   */
  void prepare(JobDefinition job, Runnable whenOpen, Consumer<Throwable> whenFailed) {
    busy(
        () -> {
          try {
            room.executions().prepare(job);
            room.events().execute(whenOpen);
          } catch (Throwable cause) {
            room.events().execute(() -> whenFailed.accept(cause));
          }
        });
  }

  /** Whoever closes the attempt waits for the end of the work. */
  private void busy(Runnable work) {
    CountDownLatch done = new CountDownLatch(1);
    idle = done;
    room.serialIo()
        .execute(
            () -> {
              try {
                work.run();
              } finally {
                done.countDown();
              }
            });
  }

  /**
   * Puts other tasks in the place of those that have halted.
   *
   * @param job as it runs from now on
   * @param manifest of the completed checkpoint at which they have halted
   * @param whenUp told on the job's thread, unless the attempt is over by then
   */
  void assign(JobDefinition job, CheckpointManifest manifest, Consumer<Execution> whenUp) {
    discoveries = List.of(); // What is found from now on is for others.
    busy(
        () -> {
          try {
            Execution next = room.executions().next(job, room.originAt(manifest));
            room.events().execute(() -> whenUp.accept(next));
          } catch (Throwable cause) {
            room.events().failed(cause);
          }
        });
  }

  /** Lets the other tasks work. */
  void goOn(Execution next) {
    runs(next);
    coordinator.goOn(next, next.taskIds());
    next.start();
    next.startSources();
  }

  /** Stops the tasks and releases everything, if others are being put in their place after that. */
  @Override
  public void close() throws Exception {
    room.clock().await(idle, Long.MAX_VALUE);
    resources.close();
  }

  /**
   * What an attempt works with while it runs. Immutable.
   *
   * @param executions brings up its tasks
   * @param serialIo runs what blocks, one after the other
   * @param events mail to the job's thread while the attempt is the current one
   * @param clock the time
   * @param origin what it began from
   */
  record Room(
      Executions executions,
      Executor serialIo,
      AttemptEvents events,
      Clock clock,
      StateStore.Origin origin) {
    /** A checkpoint of this attempt to go on from; all stages are called as they are now. */
    StateStore.Origin originAt(CheckpointManifest manifest) {
      return new StateStore.Origin(
          origin.job(), origin.lineage(), Optional.of(manifest), origin.files());
    }
  }

  /**
   * Looks for new splits of one source from time to time and gives them to its tasks. Confined to
   * the job's thread; looks on the attempt's serial I/O executor.
   */
  static final class Discovery {
    private final SourceSplits splits;
    private final Execution execution;
    private final Executor io;
    private final AttemptEvents events;
    private long dueMillis;

    Discovery(SourceSplits splits, Execution execution, Executor io, AttemptEvents events) {
      this.splits = splits;
      this.execution = execution;
      this.io = io;
      this.events = events;
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
        int n = execution.graph().parallelism();
        List<List<SplitState>> found = SplitAssignment.assign(splits.discover(), n);
        IntStream.range(0, n)
            .filter(subtask -> !found.get(subtask).isEmpty())
            .forEach(subtask -> execution.addSplits(splits.stage(), subtask, found.get(subtask)));
      } catch (Throwable cause) {
        events.failed(cause);
      }
    }
  }
}
