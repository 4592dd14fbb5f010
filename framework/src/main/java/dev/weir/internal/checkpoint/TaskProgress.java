package dev.weir.internal.checkpoint;

import java.util.Optional;
import java.util.Set;

/**
 * How far a task is with checkpoints, as it told last. Immutable.
 *
 * @param task the task
 * @param inputs the tasks that it reads; none: it begins with a source
 * @param cut the newest checkpoint at which it has cut its state; -1: none yet
 * @param aligning the newest checkpoint whose barrier it has seen on an input; -1: none yet
 * @param missing the inputs whose barrier of that checkpoint has not come
 * @param running the task that its worker steps at this moment
 */
public record TaskProgress(
    TaskId task,
    Set<TaskId> inputs,
    long cut,
    long aligning,
    Set<TaskId> missing,
    Optional<TaskId> running) {
  private static final long NONE = -1;

  /** Makes the sets unmodifiable. */
  public TaskProgress {
    inputs = Set.copyOf(inputs);
    missing = Set.copyOf(missing);
  }

  /** A task that has seen nothing yet. */
  public static TaskProgress atStart(TaskId task, Set<TaskId> inputs) {
    return new TaskProgress(task, inputs, NONE, NONE, Set.of(), Optional.empty());
  }

  /** The task has seen a barrier, and waits for these inputs' barriers. */
  public TaskProgress aligning(long checkpointId, Set<TaskId> stillMissing) {
    return new TaskProgress(task, inputs, cut, checkpointId, stillMissing, running);
  }

  /** The task has cut its state. */
  public TaskProgress cut(long checkpointId) {
    return new TaskProgress(task, inputs, checkpointId, aligning, missing, running);
  }

  /** The task, on a worker that steps this one now. */
  public TaskProgress on(Optional<TaskId> steppedNow) {
    return new TaskProgress(task, inputs, cut, aligning, missing, steppedNow);
  }

  /** The inputs whose barrier of this checkpoint has not come. */
  Set<TaskId> waitsFor(long checkpointId) {
    return aligning < checkpointId ? inputs : missing;
  }
}
