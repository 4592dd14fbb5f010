package dev.weir.internal.state.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.snapshot.FileRef;
import dev.weir.state.StateTtl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend promises when the number of tasks changes. */
abstract class RescaleContract extends StateTtlContract {
  private static final int KEYS_PER_GROUP = 3;

  @Tag("S46")
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void shouldHaveEachRowAndTimerAtExactlyOneTaskAtEveryChangeOfParallelism(int maxParallelism)
      throws Exception {
    for (int pair = 0; pair < maxParallelism * maxParallelism; pair++) {
      try (KindsJob kinds = new KindsJob(store, maxParallelism, StateTtl.none())) {
        int before = 1 + pair / maxParallelism;
        int after = 1 + pair % maxParallelism;
        rescale(kinds, maxParallelism, before, after);
      }
    }
  }

  private static void rescale(KindsJob kinds, int maxParallelism, int before, int after)
      throws Exception {
    List<Integer> keys = keysOfEveryGroup(kinds, maxParallelism);
    kinds.start(before, List.of());
    keys.forEach(key -> fill(kinds, key, 1));
    kinds.checkpoint(1);
    keys.forEach(key -> fill(kinds, key, 2));
    keys.stream().filter(key -> key % 3 == 0).forEach(key -> change(kinds, key));
    List<List<FileRef>> parts = kinds.checkpoint(2);
    int rows = kinds.tasks.stream().mapToInt(KindsJob.Task::rowsAtTheBottom).sum();

    kinds.start(after, parts);

    assertThat(kinds.tasks.stream().mapToInt(KindsJob.Task::rowsAtTheBottom).sum())
        .as("rows, %s -> %s of %s", before, after, maxParallelism)
        .isEqualTo(rows);
    kinds.tasks.forEach(
        task -> assertThat(task.keyGroupsAtTheBottom()).allMatch(group -> task.scope.owns(group)));
    keys.forEach(key -> assertRestored(kinds, key));
    Map<Integer, List<Long>> fired = new TreeMap<>();
    for (KindsJob.Task task : kinds.tasks) {
      task.timers.fire(
          100, (time, key) -> fired.computeIfAbsent(key, k -> new ArrayList<>()).add(time));
    }
    assertThat(fired).hasSize(keys.size());
    fired.forEach(
        (key, times) ->
            assertThat(times)
                .as("timers of %s, %s -> %s of %s", key, before, after, maxParallelism)
                .isEqualTo(key % 3 == 0 ? List.of(2L, 5L) : List.of(1L, 2L)));
  }

  private static List<Integer> keysOfEveryGroup(KindsJob kinds, int maxParallelism) {
    List<Integer> keys = new ArrayList<>();
    int[] found = new int[maxParallelism];
    for (int key = 0; keys.size() < KEYS_PER_GROUP * maxParallelism; key++) {
      if (found[kinds.keyGroup(key)]++ < KEYS_PER_GROUP) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static void fill(KindsJob kinds, int key, long round) {
    KindsJob.Task task = kinds.at(key);
    task.states.handle(kinds.value).set("v" + key + "." + round);
    task.states.handle(kinds.list).add("e" + key + "." + round);
    task.states.handle(kinds.map).put("m" + round, round + key);
    task.states.handle(kinds.sorted).put(round, "s" + key);
    task.states.handle(kinds.reducing).add(round);
    task.states.handle(kinds.aggregating).add(round);
    task.timers.register(round, key);
  }

  private static void change(KindsJob kinds, int key) {
    KindsJob.Task task = kinds.at(key);
    task.states.handle(kinds.value).clear();
    task.states.handle(kinds.map).remove("m1");
    task.states.handle(kinds.sorted).clear();
    task.timers.delete(1, key);
    task.timers.register(5, key);
  }

  private static void assertRestored(KindsJob kinds, int key) {
    boolean isChanged = key % 3 == 0;
    KindsJob.Task owner = kinds.at(key);
    if (isChanged) {
      assertThat(owner.states.handle(kinds.value).get()).isEmpty();
      assertThat(owner.states.handle(kinds.map).keys()).containsExactly("m2");
      assertThat(owner.states.handle(kinds.sorted).isEmpty()).isTrue();
    } else {
      assertThat(owner.states.handle(kinds.value).get()).contains("v" + key + ".2");
      assertThat(owner.states.handle(kinds.map).keys()).containsExactly("m1", "m2");
      assertThat(owner.states.handle(kinds.sorted).entries())
          .containsExactly(Map.entry(1L, "s" + key), Map.entry(2L, "s" + key));
    }
    assertThat(owner.states.handle(kinds.list).get())
        .containsExactly("e" + key + ".1", "e" + key + ".2");
    assertThat(owner.states.handle(kinds.map).get("m2")).contains(2L + key);
    assertThat(owner.states.handle(kinds.reducing).get()).contains(3L);
    assertThat(owner.states.handle(kinds.aggregating).get()).contains(3L);
  }
}
