package dev.weir.internal.task;

import dev.weir.internal.base.Mailbox;
import dev.weir.internal.base.Stepped;
import dev.weir.internal.channel.InputGate;
import dev.weir.internal.channel.OutputGate;
import dev.weir.internal.checkpoint.TaskGateway.End;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.internal.checkpoint.TaskProgress;
import dev.weir.internal.element.CheckpointBarrier;
import dev.weir.internal.operator.OperatorChain;
import dev.weir.internal.operator.SplitState;
import dev.weir.internal.operator.StatefulOperator;
import dev.weir.job.CheckpointingMode;
import dev.weir.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One subtask of a chain. Requests from other threads come by mail; {@link #step} is called by one
 * worker. While some output has no room, or a sink is not ready, no input is taken.
 */
public final class Task implements Stepped {
  /** Batches taken in one step, so that mail and clock are never far away. */
  private static final int BATCHES_PER_STEP = 8;

  /** A step that has lasted so long takes no further batch, so that the others have their turn. */
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long BLOCKED_REST_MILLIS = 20;

  private final TaskId id;
  private final OperatorChain chain;
  private final List<StatefulOperator> stateful;
  private final List<OutputGate<?>> gates;
  private final TaskInput input;
  private final SnapshotStep snapshots;
  private final Mailbox mailbox;
  private final Clock clock;
  private final TaskEvents events;
  private boolean hasAsked;
  private long blockedSince;
  private long otherChanges;
  private volatile long blockedNanos;
  private volatile long activity;
  private volatile long haltsAt = Long.MAX_VALUE;
  private boolean isHalted;
  private volatile TaskProgress progress;

  private Task(
      TaskId id,
      OperatorChain chain,
      InputGate inputGate,
      List<OutputGate<?>> gates,
      TaskScope scope) {
    this.id = id;
    this.chain = chain;
    this.stateful = chain.stateful();
    this.gates = List.copyOf(gates);
    this.snapshots = new SnapshotStep(id, stateful, scope);
    this.mailbox = scope.mailbox();
    this.clock = scope.clock();
    this.events = scope.events();
    this.input =
        inputGate == null
            ? new SourceInput(chain.source().orElseThrow(), () -> scope.events().sourceEnded(id))
            : new GateInput(
                inputGate,
                chain.heads(),
                scope.mode() == CheckpointingMode.EXACTLY_ONCE,
                new Barriers(scope.senders()));
    this.progress = TaskProgress.atStart(id, Set.copyOf(scope.senders()));
    chain.source().ifPresent(source -> source.pauseWhen(this::hasMailOrNoRoom));
  }

  /** A task that begins with a source. */
  public static Task ofSource(
      TaskId id, OperatorChain chain, List<OutputGate<?>> gates, TaskScope scope) {
    return new Task(id, chain, null, gates, scope);
  }

  /** A task that reads other tasks. */
  public static Task ofGate(
      TaskId id, OperatorChain chain, InputGate input, List<OutputGate<?>> gates, TaskScope scope) {
    return new Task(id, chain, input, gates, scope);
  }

  /** Names the task. */
  public TaskId id() {
    return id;
  }

  /** The operators, for measuring and closing. */
  public OperatorChain chain() {
    return chain;
  }

  /** Records taken so far; for measuring, from any thread. */
  public long records() {
    return input.records();
  }

  /** The task's event time, epoch milliseconds; for measuring, from any thread. */
  public long watermark() {
    return input.watermark();
  }

  /** How long the task could take no input because its output had no room; from any thread. */
  public long blockedNanos() {
    return blockedNanos;
  }

  /** A number that rises with all that may change state, positions or output; from any thread. */
  public long activity() {
    return activity;
  }

  /** How far the task is with checkpoints; from any thread. */
  public TaskProgress progress() {
    return progress;
  }

  @Override
  public boolean step() {
    boolean worked = mailbox.runAll();
    if (isHalted) {
      flushed(); // The barrier has still to go out.
      return worked;
    }
    worked |= sinkSome();
    if (flushed() && isReady()) {
      countBlocked();
      long now = clock.nanos();
      input.adapt(now);
      worked |= takeInput(now + STEP_NANOS);
      if (!isHalted) {
        worked |= onProcessingTime();
        flushed();
        tellActivity();
        askForCheckpoint();
      }
    } else if (blockedSince == 0) {
      blockedSince = clock.nanos();
    }
    return worked;
  }

  /** Room in the output, or operators that are ready again, need not wake anybody. */
  @Override
  public long restMillis() {
    if (blockedSince != 0 || isHalted) {
      return BLOCKED_REST_MILLIS;
    }
    long rest = Long.MAX_VALUE;
    long now = clock.millis();
    for (StatefulOperator operator : stateful) {
      rest = Math.min(rest, operator.restMillis(now));
    }
    return rest;
  }

  private void countBlocked() {
    if (blockedSince != 0) {
      blockedNanos = blockedNanos + clock.nanos() - blockedSince;
      blockedSince = 0;
    }
  }

  /** Does nothing behind this barrier any more: another task takes over. From any thread. */
  public void haltAt(long checkpointId) {
    haltsAt = checkpointId;
  }

  /**
   * Hears what is left in its mail, and brings its state down. Blocks; on an I/O thread, when the
   * worker has ended.
   */
  public void settle() {
    mailbox.runAll();
    stateful.forEach(StatefulOperator::settle);
  }

  /** Lets a source send the barrier; others get it through their channels. From any thread. */
  public void trigger(long checkpointId, End end) {
    chain
        .source()
        .ifPresent(
            source ->
                mailbox.execute(
                    () -> {
                      if (end != End.NONE) {
                        source.stop();
                      }
                      if (end == End.DRAIN) {
                        source.drain();
                      }
                      cut(checkpointId);
                    }));
  }

  /** Tells that a checkpoint is completed. From any thread. */
  public void commit(long checkpointId) {
    mailbox.execute(() -> stateful.forEach(operator -> operator.completed(checkpointId)));
  }

  /** Gives a source more splits. From any thread. */
  public void addSplits(List<SplitState> splits) {
    mailbox.execute(
        () -> {
          chain.source().orElseThrow().addSplits(splits);
          otherChanges++;
        });
  }

  /**
   * Reads state of a stage between two batches. From any thread; the answer comes on the task's.
   */
  public <R> void query(Function<OperatorChain, R> question, CompletableFuture<R> answer) {
    mailbox.execute(
        () -> {
          if (!answer.isDone()) { // Else nobody waits any more.
            answer(question, answer);
          }
        });
  }

  /** Whatever is wrong is the matter of whoever asked, and does the task no harm. */
  private <R> void answer(Function<OperatorChain, R> question, CompletableFuture<R> answer) {
    try {
      answer.complete(question.apply(chain));
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  /** Lets a source begin to read. From any thread. */
  public void start() {
    chain.source().ifPresent(source -> mailbox.execute(source::start));
  }

  private void cut(long checkpointId) {
    mailbox.runAll(); // News of the checkpoint before comes first, whichever way was faster.
    snapshots.cut(checkpointId);
    progress = progress.cut(checkpointId);
    hasAsked = false;
    CheckpointBarrier barrier = new CheckpointBarrier(checkpointId);
    gates.forEach(gate -> gate.broadcast(barrier));
    isHalted = checkpointId >= haltsAt;
  }

  private boolean takeInput(long untilNanos) {
    boolean worked = false;
    for (int i = 0; i < BATCHES_PER_STEP; i++) {
      if (!input.take()) {
        break;
      }
      worked = true;
      if (isHalted) {
        break;
      }
      sinkSome();
      if (hasMailOrNoRoom() || !isReady() || clock.nanos() - untilNanos >= 0) {
        break;
      }
    }
    return worked;
  }

  /** Before and after each batch, so that no batch waits for much. */
  private boolean sinkSome() {
    boolean worked = false;
    for (StatefulOperator operator : stateful) {
      worked |= operator.sinkSome();
    }
    return worked;
  }

  private boolean onProcessingTime() {
    boolean worked = false;
    long now = clock.millis();
    for (StatefulOperator operator : stateful) {
      worked |= operator.onProcessingTime(now);
    }
    if (worked) {
      otherChanges++;
    }
    return worked;
  }

  private void tellActivity() {
    long now = input.changes() + otherChanges;
    if (now != activity) {
      activity = now;
    }
  }

  private boolean hasMailOrNoRoom() {
    return mailbox.hasMail() || isBlocked();
  }

  /** Asks once per barrier. */
  private void askForCheckpoint() {
    for (int i = 0; i < stateful.size() && !hasAsked; i++) {
      if (stateful.get(i).wantsCheckpoint()) {
        hasAsked = true;
        events.wantsCheckpoint(id);
      }
    }
  }

  private boolean isReady() {
    for (StatefulOperator operator : stateful) {
      if (!operator.isReady()) {
        return false;
      }
    }
    return true;
  }

  private boolean isBlocked() {
    for (OutputGate<?> gate : gates) {
      if (gate.isBlocked()) {
        return true;
      }
    }
    return false;
  }

  private boolean flushed() {
    boolean isEmpty = true;
    for (OutputGate<?> gate : gates) {
      isEmpty &= gate.flush();
    }
    return isEmpty;
  }

  /** Follows the barriers of a task that reads others. */
  private final class Barriers implements GateInput.BarrierListener {
    private final List<TaskId> senders;

    Barriers(List<TaskId> senders) {
      this.senders = senders;
    }

    @Override
    public void arrived(long checkpointId, int[] missing) {
      progress =
          progress.aligning(
              checkpointId,
              Arrays.stream(missing).mapToObj(senders::get).collect(Collectors.toSet()));
    }

    @Override
    public void complete(long checkpointId) {
      progress = progress.aligning(checkpointId, Set.of());
      cut(checkpointId);
    }
  }
}
