package dev.weir.internal.state.pertask;

/**
 * Which of its stage's tasks a task is.
 *
 * @param index from 0
 * @param parallelism how many there are
 */
public record Subtask(int index, int parallelism) {
  /** Whether it speaks for all where all hold the same. */
  boolean isFirst() {
    return index == 0;
  }
}
