package dev.weir.internal.job;

import dev.weir.internal.operator.SplitState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which subtask reads which split. Pure. */
final class SplitAssignment {
  private SplitAssignment() {}

  /** Deals the splits out in turn, in the order of their ids. */
  static List<List<SplitState>> assign(List<SplitState> splits, int parallelism) {
    List<SplitState> sorted = new ArrayList<>(splits);
    sorted.sort(
        Comparator.comparingInt((SplitState state) -> state.split().id().length())
            .thenComparing(state -> state.split().id()));
    return IntStream.range(0, parallelism)
        .mapToObj(subtask -> everyNth(sorted, subtask, parallelism))
        .toList();
  }

  private static List<SplitState> everyNth(List<SplitState> splits, int first, int step) {
    return IntStream.iterate(first, i -> i < splits.size(), i -> i + step)
        .mapToObj(splits::get)
        .toList();
  }
}
