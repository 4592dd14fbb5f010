package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connector.SourceSplit;
import dev.weir.internal.operator.SplitState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitAssignmentTest {
  @Test
  void shouldDealSplitsOutInTurn() {
    List<SplitState> splits =
        IntStream.of(3, 0, 10, 1, 2)
            .mapToObj(i -> SplitState.fresh(new SourceSplit("clicks-" + i, new byte[0])))
            .toList();

    List<List<SplitState>> assigned = SplitAssignment.assign(splits, 2);

    assertThat(ids(assigned.get(0))).containsExactly("clicks-0", "clicks-2", "clicks-10");
    assertThat(ids(assigned.get(1))).containsExactly("clicks-1", "clicks-3");
  }

  @Test
  void shouldLeaveSubtasksWithoutSplitsWhereThereAreFew() {
    assertThat(SplitAssignment.assign(List.of(), 3)).hasSize(3).allMatch(List::isEmpty);
  }

  private static List<String> ids(List<SplitState> splits) {
    return splits.stream().map(state -> state.split().id()).toList();
  }
}
