package dev.weir.internal.state.pertask;

import java.util.ArrayList;
import java.util.List;

/** Which task begins with which elements of what the tasks before had written. Pure. */
enum Spread {
  /** All tasks hold the same, and the first one has written it: each begins with that. */
  SAME,
  /** Each begins with the elements of all. */
  UNION,
  /** Each element goes to one task: to the one that had it, or in even shares if they are more. */
  SPLIT;

  /** What a task begins with; by subtask, what each had written. */
  <E> List<E> begin(List<List<E>> written, Subtask subtask) {
    if (this == SPLIT && written.size() == subtask.parallelism()) {
      return written.get(subtask.index());
    }
    List<E> all = new ArrayList<>();
    written.forEach(all::addAll);
    return this == SPLIT ? share(all, subtask) : all;
  }

  private static <E> List<E> share(List<E> all, Subtask subtask) {
    long size = all.size();
    int from = (int) (size * subtask.index() / subtask.parallelism());
    int to = (int) (size * (subtask.index() + 1) / subtask.parallelism());
    return all.subList(from, to);
  }
}
