package dev.weir.job;

import java.time.Duration;
import java.util.List;

/**
 * A task that has been in one call of user code, of a connector or of the state for longer than
 * {@code stuck.after.ms}. Until it returns, the tasks of the same thread stand still and no
 * checkpoint completes. Immutable.
 *
 * @param stage the first stage of the chain that the task runs
 * @param subtask its index among the tasks of that chain
 * @param thread the name of the thread that steps it
 * @param lasted for how long, as of the last look; there is one in a second
 * @param stack what the thread was doing then, the innermost call first, some calls at the most;
 *     empty if that could not be told
 */
public record StuckTask(
    String stage, int subtask, String thread, Duration lasted, List<StackTraceElement> stack) {
  /** Makes the stack unmodifiable. */
  public StuckTask {
    stack = List.copyOf(stack);
  }

  /**
   * @return the task's name as in logs: stage and subtask
   */
  public String task() {
    return stage + "#" + subtask;
  }
}
