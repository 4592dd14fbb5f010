package dev.weir.internal.checkpoint;

import dev.weir.internal.base.Checks;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.StagePart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides the life of each checkpoint: one at a time, ids without gaps, none abandoned. Pure:
 * events and the time in, actions out. Confined to one thread.
 */
public final class CheckpointProtocol {
  private enum Phase {
    WAITING,
    TRIGGERED,
    WRITING,
    COMPLETING,
    HALTED,
    DONE,
    TIMED_OUT
  }

  private static final long NEVER = -1;
  private static final long FREE = Long.MAX_VALUE;

  private final CheckpointTiming timing;
  private final long firstLatest;
  private final Map<String, List<StagePart>> parts = new LinkedHashMap<>();
  private final Set<TaskId> missing = new LinkedHashSet<>();
  private Phase phase = Phase.WAITING;
  private long nextId;
  private Set<TaskId> tasks;
  private long startedAt;
  private long nextStart;
  private long activityAtTrigger = NEVER;
  private boolean hasTakenRecords;
  private boolean nowRequested;
  private boolean finalRequested;
  private boolean earlyRequested;
  private boolean haltRequested;
  private boolean isFinal;
  private boolean isHalting;
  private boolean isToldSlow;
  private long heldBehind = FREE;
  private long heldUntil = FREE;

  /**
   * Begins with no checkpoint under way.
   *
   * @param tasks who has to answer
   * @param nextId id of the first checkpoint
   * @param first when to trigger it, in the milliseconds that {@link #tick} will be told
   * @param timing of all after it
   */
  public CheckpointProtocol(
      Set<TaskId> tasks, long nextId, CheckpointTiming.First first, CheckpointTiming timing) {
    this.tasks = Set.copyOf(tasks);
    this.nextId = nextId;
    this.nextStart = first.from();
    this.firstLatest = first.latest();
    this.timing = timing;
  }

  /** What is to be done. */
  public sealed interface Action {
    /** Send barriers from all sources; after the final one they read no more. */
    record Trigger(long checkpointId, boolean isFinal) implements Action {}

    /** Send barriers from all sources; behind them no task does anything any more. */
    record Halt(long checkpointId) implements Action {}

    /** Write the manifest of these parts. */
    record WriteManifest(long checkpointId, Map<String, List<StagePart>> parts) implements Action {}

    /** Complete the checkpoint in the ledger. */
    record CompleteInLedger(long checkpointId, FileRef manifest) implements Action {}

    /** Nothing has happened since the last checkpoint: there is none to take. */
    record Skipped() implements Action {}

    /** Tell somebody: the checkpoint takes long. */
    record Slow(long checkpointId, String phase, Set<TaskId> missing) implements Action {}

    /** Tell all tasks that the checkpoint is completed. */
    record Announce(long checkpointId, boolean isFinal) implements Action {}

    /** End the attempt: the checkpoint took too long. */
    record TimedOut(long checkpointId, String phase, Set<TaskId> missing) implements Action {}
  }

  /**
   * Time has passed.
   *
   * @param activity a number that has risen if a task has done anything since it was told last
   */
  public List<Action> tick(long nowMillis, long activity) {
    if (waitsForRelease() && nowMillis < heldUntil) {
      return List.of();
    }
    if (waitsForRelease()) {
      heldBehind = FREE;
    }
    if (phase == Phase.WAITING && isTooEarly(nowMillis)) {
      nextStart = Math.min(firstLatest, timing.soonAfter(nowMillis));
      return List.of();
    }
    if (phase == Phase.WAITING && (isRequested() || nowMillis >= nextStart)) {
      return List.of(isIdle(nowMillis, activity) ? skip(nowMillis) : trigger(nowMillis, activity));
    }
    if (isUnderWay() && nowMillis - startedAt >= timing.timeout()) {
      Phase late = phase;
      phase = Phase.TIMED_OUT; // The attempt ends; until it has, late answers may come.
      return List.of(new Action.TimedOut(nextId - 1, late.name(), Set.copyOf(missing)));
    }
    if (isUnderWay() && !isToldSlow && nowMillis - startedAt >= timing.slowAfter()) {
      isToldSlow = true;
      return List.of(new Action.Slow(nextId - 1, phase.name(), Set.copyOf(missing)));
    }
    return List.of();
  }

  /** So many records were taken since the restore, by all tasks. */
  public void recordsTaken(long records) {
    hasTakenRecords = records > 0;
  }

  /** When {@link #tick} has to be called at the latest; {@link Long#MAX_VALUE}: not at all. */
  public long nextDeadline() {
    if (waitsForRelease()) {
      return heldUntil;
    }
    if (phase == Phase.WAITING) {
      return isRequested() ? startedAt : nextStart;
    }
    if (!isUnderWay()) {
      return Long.MAX_VALUE;
    }
    return startedAt + (isToldSlow ? timing.timeout() : timing.slowAfter());
  }

  /** The job shall end with one more checkpoint, as soon as the one under way is completed. */
  public void requestFinal() {
    finalRequested = true;
  }

  /**
   * Somebody needs a checkpoint that is triggered from now on, though nothing may have happened.
   *
   * @return its id
   */
  public long requestNow() {
    nowRequested = true;
    return nextId;
  }

  /**
   * The same, and behind that checkpoint none is triggered until {@link #release}, or until it has
   * been completed for as long as a checkpoint may take.
   */
  public long requestLast() {
    heldBehind = nextId;
    heldUntil = FREE;
    return requestNow();
  }

  /** Whether somebody has asked for {@link #requestLast} and not released it. */
  public boolean isHeld() {
    return heldBehind != FREE;
  }

  /**
   * Checkpoints go on.
   *
   * @return whether none was triggered behind the one of {@link #requestLast}
   */
  public boolean release() {
    boolean wasHeld = isHeld();
    heldBehind = FREE;
    return wasHeld;
  }

  private boolean waitsForRelease() {
    return phase == Phase.WAITING && nextId > heldBehind;
  }

  /** All tasks shall halt at one more checkpoint, unless the job ends with that one. */
  public void requestHalt() {
    haltRequested = true;
  }

  /** Whether all tasks have halted at a checkpoint that is completed. */
  public boolean isHalted() {
    return phase == Phase.HALTED;
  }

  /** Goes on with other tasks in the place of those that have halted. */
  public void goOn(Set<TaskId> others) {
    expect(Phase.HALTED, nextId - 1);
    tasks = Set.copyOf(others);
    activityAtTrigger = NEVER;
    phase = Phase.WAITING;
  }

  private boolean isRequested() {
    return finalRequested || nowRequested || earlyRequested || haltRequested;
  }

  /**
   * The next checkpoint is due now. One that is under way serves as well: who asked then asks again
   * if its barrier has passed.
   */
  public void requestEarly() {
    earlyRequested = phase == Phase.WAITING;
  }

  /** A task's snapshot is durable and its sinks are prepared. */
  public List<Action> acknowledged(
      TaskId task, long checkpointId, Map<String, StagePart> taskParts) {
    if (phase == Phase.TIMED_OUT) {
      return List.of();
    }
    expect(Phase.TRIGGERED, checkpointId);
    Checks.state(missing.remove(task), "Task %s answered checkpoint %d twice", task, checkpointId);
    taskParts.forEach(
        (stage, part) -> parts.computeIfAbsent(stage, s -> new ArrayList<>()).add(part));
    if (!missing.isEmpty()) {
      return List.of();
    }
    phase = Phase.WRITING;
    return List.of(new Action.WriteManifest(checkpointId, Map.copyOf(parts)));
  }

  /** The manifest is durable. */
  public List<Action> manifestWritten(long checkpointId, FileRef manifest) {
    if (phase == Phase.TIMED_OUT) {
      return List.of();
    }
    expect(Phase.WRITING, checkpointId);
    phase = Phase.COMPLETING;
    return List.of(new Action.CompleteInLedger(checkpointId, manifest));
  }

  /** The ledger says completed. */
  public List<Action> completed(long checkpointId, long nowMillis) {
    if (phase == Phase.TIMED_OUT) {
      return List.of();
    }
    expect(Phase.COMPLETING, checkpointId);
    phase = isFinal ? Phase.DONE : isHalting ? Phase.HALTED : Phase.WAITING;
    nextStart = Math.max(nextStart, nowMillis + timing.minPause());
    if (checkpointId == heldBehind) {
      heldUntil = nowMillis + timing.timeout();
    }
    return List.of(new Action.Announce(checkpointId, isFinal));
  }

  /** No record was taken since the restore; splits that are given back are no work. */
  private boolean isTooEarly(long nowMillis) {
    return !isRequested()
        && nowMillis >= nextStart
        && !hasTakenRecords
        && activityAtTrigger == NEVER
        && nowMillis < firstLatest;
  }

  /** Never for the first checkpoint of an attempt: what was there before it is not known. */
  private boolean isIdle(long nowMillis, long activity) {
    return !isRequested()
        && activity == activityAtTrigger
        && nowMillis - startedAt < CheckpointTiming.LONGEST_SKIP;
  }

  private Action skip(long nowMillis) {
    nextStart = timing.after(nowMillis);
    return new Action.Skipped();
  }

  private Action trigger(long nowMillis, long activity) {
    long id = nextId++;
    phase = Phase.TRIGGERED;
    startedAt = nowMillis;
    nextStart = timing.after(nowMillis);
    activityAtTrigger = activity;
    isToldSlow = false;
    isFinal = finalRequested;
    isHalting = haltRequested && !isFinal;
    haltRequested = false;
    nowRequested = false;
    earlyRequested = false;
    parts.clear();
    missing.addAll(tasks);
    return isHalting ? new Action.Halt(id) : new Action.Trigger(id, isFinal);
  }

  private boolean isUnderWay() {
    return phase == Phase.TRIGGERED || phase == Phase.WRITING || phase == Phase.COMPLETING;
  }

  private void expect(Phase expected, long checkpointId) {
    Checks.state(
        phase == expected && checkpointId == nextId - 1,
        "Checkpoint %d: expected checkpoint %d in phase %s, found phase %s",
        checkpointId,
        nextId - 1,
        expected,
        phase);
  }
}
