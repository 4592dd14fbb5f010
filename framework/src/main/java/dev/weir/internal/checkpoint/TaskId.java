package dev.weir.internal.checkpoint;

/**
 * Names a task within an attempt.
 *
 * @param chain the chain it runs
 * @param subtask its index among the chain's tasks
 * @param label the chain's head, for people
 */
public record TaskId(int chain, int subtask, String label) {
  @Override
  public String toString() {
    return label + "#" + subtask;
  }
}
