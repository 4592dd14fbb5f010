package dev.weir.internal.checkpoint;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.LedgerEntry;
import dev.weir.error.CheckpointFailedException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.checkpoint.CheckpointListener.CompletedCheckpoint;
import dev.weir.internal.checkpoint.CheckpointProtocol.Action;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.StagePart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does what the protocol decides. Confined to the job's thread; manifest and ledger run on I/O
 * threads, one after the other, and answer by mail to the job's thread.
 */
public final class CheckpointCoordinator {
  private final CheckpointProtocol protocol;
  private final CheckpointScope scope;
  private final CheckpointListener listener;
  private final Retention retention;
  private final Sweeper sweeper;
  private final Scrub scrub;
  private TaskGateway tasks;
  private TaskGateway.End end = TaskGateway.End.STOP;
  private long triggeredAt;
  private CheckpointManifest manifest;
  private FileRef manifestFile;

  /** A coordinator for one attempt; see the scope for what it may touch. */
  public CheckpointCoordinator(
      CheckpointProtocol protocol,
      CheckpointScope scope,
      TaskGateway tasks,
      CheckpointListener listener) {
    this.protocol = protocol;
    this.scope = scope;
    this.tasks = tasks;
    this.listener = listener;
    this.retention = new Retention(scope.retained());
    this.sweeper = new Sweeper(scope, listener);
    this.scrub = new Scrub(scope, retention::retained, file -> scope.bases().damaged(file));
  }

  /** Begins with the checkpoint that was restored: its files stay. */
  public void restored(FileRef file, CheckpointManifest restoredManifest) {
    retention.add(file, restoredManifest);
    sweeper.sweep(retention.retained());
  }

  /** Lets time pass; true if something was done. */
  public boolean tick() {
    protocol.recordsTaken(tasks.records());
    List<Action> actions = protocol.tick(scope.clock().monotonicMillis(), tasks.activity());
    run(actions);
    scrub.tick(scope.clock().monotonicMillis());
    return !actions.isEmpty();
  }

  /** How long until {@link #tick} has something to do that cannot wait for a second. */
  public long restMillis() {
    long deadline = protocol.nextDeadline();
    return deadline == Long.MAX_VALUE
        ? deadline
        : Math.max(0, deadline - scope.clock().monotonicMillis());
  }

  /** Takes a checkpoint soon; returns its id. */
  public long requestNow() {
    return protocol.requestNow();
  }

  /** The same, and behind it none is taken until {@link #release}, or for too long a time. */
  public long requestLast() {
    return protocol.requestLast();
  }

  /** Whether somebody has asked for {@link #requestLast} and not released it. */
  public boolean isHeld() {
    return protocol.isHeld();
  }

  /** Checkpoints go on; whether none was taken behind the one of {@link #requestLast}. */
  public boolean release() {
    return protocol.release();
  }

  /** Keeps the files of a checkpoint that is retained now, as often as it is said. */
  public void pin(long checkpointId) {
    retention.pin(checkpointId);
  }

  /** Undoes one {@link #pin}. */
  public void unpin(long checkpointId) {
    retention.unpin(checkpointId);
  }

  /** The job shall end with one more checkpoint. */
  public void requestFinal() {
    requestFinal(TaskGateway.End.STOP);
  }

  /** The job shall end with one more checkpoint, for which sources do this. */
  public void requestFinal(TaskGateway.End how) {
    end = how;
    protocol.requestFinal();
  }

  /** All tasks shall halt at one more checkpoint, unless the job ends with that one. */
  public void requestHalt() {
    protocol.requestHalt();
  }

  /** Whether all tasks have halted at a checkpoint that is completed. */
  public boolean isHalted() {
    return protocol.isHalted();
  }

  /** Goes on with other tasks in the place of those that have halted. */
  public void goOn(TaskGateway others, Set<TaskId> ids) {
    tasks = others;
    protocol.goOn(ids);
  }

  /** Since the newest checkpoint was triggered. */
  public Duration sinceTrigger() {
    return Duration.ofMillis(scope.clock().monotonicMillis() - triggeredAt);
  }

  /** The next checkpoint shall be taken now, unless one is under way. */
  public void requestEarly() {
    protocol.requestEarly();
  }

  /** A task's snapshot is durable and its sinks are prepared. */
  public void acknowledged(TaskId task, long checkpointId, Map<String, StagePart> parts) {
    run(protocol.acknowledged(task, checkpointId, parts));
  }

  private void run(List<Action> actions) {
    actions.forEach(this::run);
  }

  private void run(Action action) {
    if (action instanceof Action.Trigger trigger) {
      trigger(trigger.checkpointId(), trigger.isFinal() ? end : TaskGateway.End.NONE);
    } else if (action instanceof Action.Halt halt) {
      trigger(halt.checkpointId(), TaskGateway.End.HALT);
    } else if (action instanceof Action.WriteManifest write) {
      writeManifest(write);
    } else if (action instanceof Action.CompleteInLedger complete) {
      completeInLedger(complete);
    } else if (action instanceof Action.Announce announce) {
      announce(announce);
    } else if (action instanceof Action.Skipped) {
      listener.skipped();
    } else if (action instanceof Action.Slow slow) {
      listener.slow(slow.checkpointId(), heldBy(slow.checkpointId(), slow.missing()));
    } else if (action instanceof Action.TimedOut timedOut) {
      String heldBy = heldBy(timedOut.checkpointId(), timedOut.missing());
      listener.failed(timedOut(timedOut, heldBy));
    }
  }

  private void trigger(long checkpointId, TaskGateway.End how) {
    triggeredAt = scope.clock().monotonicMillis();
    tasks.trigger(checkpointId, how);
    reached(CrashPoint.BARRIER_INJECTED, checkpointId);
  }

  private void writeManifest(Action.WriteManifest write) {
    Optional<SharedBase> base = scope.bases().newest();
    manifest =
        new CheckpointManifest(
            scope.job(),
            write.checkpointId(),
            scope.attempt(),
            scope.maxParallelism(),
            scope.lineage(),
            base.map(shared -> shared.below(write.parts())).orElse(write.parts()),
            base);
    CheckpointManifest written = manifest;
    reached(CrashPoint.ALL_ACKNOWLEDGED, write.checkpointId());
    onIo(
        () -> scope.store().writeManifest(written),
        file -> {
          reached(CrashPoint.MANIFEST_WRITTEN, write.checkpointId());
          manifestFile = file;
          run(protocol.manifestWritten(write.checkpointId(), file));
        });
  }

  private void completeInLedger(Action.CompleteInLedger complete) {
    FileRef file = complete.manifest();
    LedgerEntry entry =
        new LedgerEntry(
            complete.checkpointId(),
            scope.attempt(),
            file.location(),
            file.bytes(),
            file.crc32c(),
            scope.clock().millis());
    CheckpointLedger ledger = scope.ledger();
    onIo(
        () -> {
          ledger.complete(entry);
          return entry.checkpointId();
        },
        id -> {
          reached(CrashPoint.LEDGER_COMPLETED, id);
          run(protocol.completed(id, scope.clock().monotonicMillis()));
        });
  }

  private void announce(Action.Announce announce) {
    tasks.commit(announce.checkpointId());
    reached(CrashPoint.COMPLETION_ANNOUNCED, announce.checkpointId());
    retention.add(manifestFile, manifest);
    boolean isSweptLater = protocol.isHalted() || announce.isFinal();
    if (!isSweptLater) { // Else others take over, and the disk has better to do.
      sweeper.sweep(retention.retained());
    }
    scope.bases().completed(manifest);
    long duration = scope.clock().monotonicMillis() - triggeredAt;
    listener.completed(
        new CompletedCheckpoint(
            announce.checkpointId(), duration, bytesOf(announce), announce.isFinal(), manifest));
  }

  /** Bytes that were written for this checkpoint: files of earlier ones are only named again. */
  private long bytesOf(Action.Announce announce) {
    return manifestFile.bytes()
        + manifest
            .files()
            .distinct()
            .filter(file -> file.isOf(announce.checkpointId(), scope.attempt()))
            .mapToLong(FileRef::bytes)
            .sum();
  }

  /**
   * Removes what is not retained any more, behind the final checkpoint, when nobody needs more.
   *
   * @param then told on the job's thread, unless the attempt is over by then; with what went wrong
   */
  public void sweepAtEnd(Consumer<Optional<Throwable>> then) {
    sweeper.sweepAtEnd(retention.retained(), then);
  }

  private <R> void onIo(Supplier<R> work, Consumer<R> then) {
    scope.io().execute(() -> answer(work, then));
  }

  private <R> void answer(Supplier<R> work, Consumer<R> then) {
    Executor job = scope.jobThread();
    try {
      R result = work.get();
      job.execute(() -> then.accept(result));
    } catch (Throwable cause) {
      job.execute(() -> listener.failed(cause));
    }
  }

  private void reached(CrashPoint point, long checkpointId) {
    scope.crashes().reached(point, checkpointId);
  }

  private String heldBy(long checkpointId, Set<TaskId> missing) {
    return HeldBy.tell(checkpointId, missing, tasks.progress());
  }

  private static CheckpointFailedException timedOut(Action.TimedOut timedOut, String heldBy) {
    return new CheckpointFailedException(
        "Checkpoint "
            + timedOut.checkpointId()
            + " was not done in time: it is in phase "
            + timedOut.phase()
            + (timedOut.missing().isEmpty() ? "" : ", no answer from " + timedOut.missing())
            + ". It is held by "
            + heldBy
            + ". Look for a slow task, disk or broker there, or raise checkpoint.timeout.ms.");
  }
}
