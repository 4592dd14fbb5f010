package dev.weir.internal.state.pertask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.weir.error.RestoreException;
import dev.weir.job.ReadLevel;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.TaskListDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TaskStatesTest {
  private static final MapStateDescriptor<String, Long> RATES =
      MapStateDescriptor.of("rates", String.class, Long.class);
  private static final TaskListDescriptor<Integer> PARTED =
      TaskListDescriptor.split("parted", Integer.class);
  private static final TaskListDescriptor<Integer> SHARED =
      TaskListDescriptor.union("shared", Integer.class);

  static Stream<Arguments> parallelisms() {
    return IntStream.rangeClosed(1, 7)
        .boxed()
        .flatMap(
            before -> IntStream.rangeClosed(1, 7).mapToObj(after -> Arguments.of(before, after)));
  }

  @Test
  void shouldGoOnWithWhatWasKept() {
    TaskStates first = broadcast(0, 1);
    first.broadcastState(RATES).put("EUR", 3L);
    first.broadcastState(RATES).put("USD", 4L);
    first.broadcastState(RATES).remove("EUR");
    TaskStates next = broadcast(0, 1);

    next.restore(List.of(first.encoded()));

    assertThat(next.broadcastState(RATES).entries()).isEqualTo(Map.of("USD", 4L));
    assertThat(next.encoded()).isEqualTo(first.encoded());
  }

  @Test
  void shouldShowAsCommittedOnlyWhatACompletedCheckpointHas() {
    TaskStates states = broadcast(0, 1);
    states.broadcastState(RATES).put("EUR", 1L);
    states.cut(1);
    states.broadcastState(RATES).put("EUR", 2L);
    states.cut(2);
    states.broadcastState(RATES).put("EUR", 3L);
    assertThat(states.elements(RATES, ReadLevel.COMMITTED)).isEmpty();

    states.completed(2);

    assertThat(states.elements(RATES, ReadLevel.COMMITTED)).isEqualTo(List.of(entry("EUR", 2L)));
    assertThat(states.elements(RATES, ReadLevel.LIVE)).isEqualTo(List.of(entry("EUR", 3L)));
    TaskStates next = broadcast(0, 1);
    next.restore(List.of(states.cut(3)));
    next.broadcastState(RATES).clear();
    assertThat(next.elements(RATES, ReadLevel.COMMITTED)).isEqualTo(List.of(entry("EUR", 3L)));
    assertThat(next.elements(RATES, ReadLevel.LIVE)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("parallelisms")
  void shouldGiveEveryTaskWhatIsBroadcastThoughOnlyOneWritesIt(int before, int after) {
    List<byte[]> written = new ArrayList<>();
    for (int i = 0; i < before; i++) {
      TaskStates states = broadcast(i, before);
      IntStream.range(0, 9).forEach(n -> states.broadcastState(RATES).put("r" + n, (long) n));
      written.add(states.encoded());
    }

    for (int i = 0; i < after; i++) {
      TaskStates states = broadcast(i, after);
      states.restore(written);
      assertThat(states.broadcastState(RATES).entries()).hasSize(9).containsEntry("r8", 8L);
    }
    assertThat(written.subList(1, before)).allMatch(bytes -> bytes.length == Short.BYTES);
  }

  @ParameterizedTest
  @MethodSource("parallelisms")
  void shouldGiveEachElementToOneTaskAndSharedOnesToAll(int before, int after) {
    Random random = new Random(31L * before + after);
    List<Integer> all = new ArrayList<>();
    List<List<Integer>> lists = new ArrayList<>();
    List<byte[]> written = new ArrayList<>();
    for (int i = 0; i < before; i++) {
      List<Integer> own = random.ints(random.nextInt(12)).boxed().toList();
      TaskStates states = lists(i, before);
      states.list(PARTED).addAll(own);
      states.list(SHARED).update(own);
      lists.add(own);
      all.addAll(own);
      written.add(states.encoded());
    }

    List<Integer> parted = new ArrayList<>();
    for (int i = 0; i < after; i++) {
      TaskStates states = lists(i, after);
      states.restore(written);
      List<Integer> own = states.list(PARTED).get();
      parted.addAll(own);
      assertThat(states.list(SHARED).get()).isEqualTo(all);
      if (before == after) {
        assertThat(own).as("what task %s had", i).isEqualTo(lists.get(i));
      } else {
        assertThat(own.size()).isBetween(all.size() / after, -Math.floorDiv(-all.size(), after));
      }
    }
    assertThat(parted).isEqualTo(all);
  }

  @Test
  void shouldReadWhatWasWrittenWithAnotherType() {
    TaskStates first = TaskStates.lists("batch", new Subtask(0, 1), List.of(PARTED));
    first.list(PARTED).add(7);
    TaskListDescriptor<Long> wider = TaskListDescriptor.split("parted", Long.class);
    TaskStates next = TaskStates.lists("batch", new Subtask(0, 1), List.of(wider));

    next.restore(List.of(first.encoded()));

    assertThat(next.list(wider).get()).containsExactly(7L);
    assertThat(next.changes(List.of(first.encoded())))
        .containsExactly(
            "values of state 'parted' of its tasks become [long], they were written as [int].");
  }

  @Test
  void shouldTellWhichStateIsNew() {
    TaskStates first = TaskStates.lists("batch", new Subtask(0, 1), List.of(PARTED));
    TaskStates next = lists(0, 1);

    next.restore(List.of(first.encoded()));

    assertThat(next.changes(List.of(first.encoded())))
        .containsExactly("state 'shared' of its tasks is new and begins empty.");
    assertThat(next.changes(List.of())).as("of a stage whose tasks kept nothing").hasSize(2);
  }

  @Test
  void shouldRefuseTypesThatCannotBeRead() {
    TaskStates first = broadcast(0, 1);
    TaskStates next =
        TaskStates.broadcast(
            "rules",
            new Subtask(0, 1),
            List.of(MapStateDescriptor.of("rates", String.class, Integer.class)));

    assertThatThrownBy(() -> next.restore(List.of(first.encoded())))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("State 'rates' of the tasks of stage 'rules'")
        .hasMessageContaining("value was written as long and is now int");
  }

  @Test
  void shouldDropNothingSilently() {
    TaskStates first = broadcast(0, 1);
    TaskStates next = TaskStates.none("rules");

    assertThatThrownBy(() -> next.restore(List.of(first.encoded())))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("'rates'")
        .hasMessageContaining("declares only []. Declare it again.");
  }

  @Test
  void shouldRefuseAListWhereAMapWasWritten() {
    TaskStates first = broadcast(0, 1);
    TaskStates next =
        TaskStates.lists(
            "rules", new Subtask(0, 1), List.of(TaskListDescriptor.split("rates", Long.class)));

    assertThatThrownBy(() -> next.restore(List.of(first.encoded())))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("was written as broadcast entries and is declared as a list");
  }

  @Test
  void shouldRefuseBytesThatEndEarlyOrLate() {
    TaskStates states = broadcast(0, 1);
    states.broadcastState(RATES).put("EUR", 3L);
    byte[] whole = states.encoded();

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> broadcast(0, 1).restore(List.of(cut)))
          .as("%s of %s bytes", length, whole.length)
          .isInstanceOf(RestoreException.class);
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> broadcast(0, 1).restore(List.of(longer)))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("1 bytes more than 1 states");
  }

  @Test
  void shouldNameTheDescriptorThatWasNotDeclared() {
    TaskStates states = lists(0, 1);

    assertThatThrownBy(() -> states.list(TaskListDescriptor.split("other", Long.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'other'")
        .hasMessageContaining("[parted, shared]");
  }

  private static TaskStates broadcast(int index, int parallelism) {
    return TaskStates.broadcast("rules", new Subtask(index, parallelism), List.of(RATES));
  }

  private static TaskStates lists(int index, int parallelism) {
    return TaskStates.lists("batch", new Subtask(index, parallelism), List.of(PARTED, SHARED));
  }
}
