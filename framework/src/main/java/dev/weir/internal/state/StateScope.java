package dev.weir.internal.state;

import dev.weir.internal.base.Checks;
import dev.weir.internal.key.KeyGroups;

/**
 * Whose state a backend keeps.
 *
 * @param stage name of the stage
 * @param subtask index of the task
 * @param attempt the attempt that it runs in
 * @param firstKeyGroup first key group of the task
 * @param endKeyGroup one behind its last key group
 * @param maxParallelism number of key groups
 */
public record StateScope(
    String stage,
    int subtask,
    long attempt,
    int firstKeyGroup,
    int endKeyGroup,
    int maxParallelism) {
  /** Checks the range. */
  public StateScope {
    Checks.argument(
        0 <= firstKeyGroup && firstKeyGroup <= endKeyGroup && endKeyGroup <= maxParallelism,
        "Key groups %s to %s are not among %s",
        firstKeyGroup,
        endKeyGroup,
        maxParallelism);
  }

  /** The scope of one subtask of a stage that runs with this parallelism. */
  public static StateScope of(
      String stage, int subtask, long attempt, int maxParallelism, int parallelism) {
    return new StateScope(
        stage,
        subtask,
        attempt,
        KeyGroups.firstOf(subtask, maxParallelism, parallelism),
        KeyGroups.firstOf(subtask + 1, maxParallelism, parallelism),
        maxParallelism);
  }

  /** Whether a key group is this task's. */
  public boolean owns(int keyGroup) {
    return firstKeyGroup <= keyGroup && keyGroup < endKeyGroup;
  }
}
