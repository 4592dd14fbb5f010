package dev.weir.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldByTest {
  private static final TaskId CLICKS = new TaskId(0, 0, "clicks");
  private static final TaskId VIEWS = new TaskId(1, 0, "views");
  private static final TaskId COUNT = new TaskId(2, 0, "count");
  private final TaskProgress clicks = TaskProgress.atStart(CLICKS, Set.of());
  private final TaskProgress views = TaskProgress.atStart(VIEWS, Set.of());
  private final TaskProgress count = TaskProgress.atStart(COUNT, Set.of(CLICKS, VIEWS));

  @Test
  void shouldNameTheEdgeInWhichTheBarrierIsStuck() {
    TaskProgress aligning = count.aligning(7, Set.of(VIEWS));

    assertThat(tell(Set.of(COUNT), clicks.cut(7), views.cut(7), aligning))
        .isEqualTo(
            "edge views#0 -> count#0: its barrier is behind records that count#0 has not taken");
  }

  @Test
  void shouldNameTheSourceThatHasNotBegunAndNobodyBehindIt() {
    assertThat(tell(Set.of(CLICKS, COUNT), clicks, views.cut(7), count.aligning(7, Set.of(CLICKS))))
        .isEqualTo("source task clicks#0 has not come to send its barrier");
  }

  @Test
  void shouldNameTheTaskThatKeepsASourceFromItsTurn() {
    TaskProgress waiting = clicks.on(Optional.of(COUNT));

    assertThat(tell(Set.of(CLICKS), waiting, views.cut(7), count))
        .isEqualTo(
            "source task clicks#0 has not come to send its barrier,"
                + " as its worker is busy in task count#0");
  }

  @Test
  void shouldForgetTheAlignmentOfTheCheckpointBefore() {
    TaskProgress before = count.aligning(6, Set.of());

    assertThat(tell(Set.of(COUNT), clicks.cut(7), views.cut(7), before))
        .contains("edge clicks#0 -> count#0", "edge views#0 -> count#0");
  }

  @Test
  void shouldNameTheTaskWhoseFilesAreBeingWritten() {
    assertThat(tell(Set.of(COUNT), clicks.cut(7), views.cut(7), count.cut(7)))
        .contains("task count#0 is writing its state");
  }

  @Test
  void shouldNameTheStoreWhenEveryTaskHasAnswered() {
    assertThat(tell(Set.of(), clicks.cut(7), views.cut(7), count.cut(7)))
        .isEqualTo("the store or the ledger");
  }

  private static String tell(Set<TaskId> missing, TaskProgress... progress) {
    return HeldBy.tell(7, missing, List.of(progress));
  }
}
