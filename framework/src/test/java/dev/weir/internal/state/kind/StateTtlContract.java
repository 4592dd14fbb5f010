package dev.weir.internal.state.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.key.KeyBounds;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.job.KeyQuery;
import dev.weir.job.KeyRange;
import dev.weir.job.ReadLevel;
import dev.weir.serde.TypeSerializers;
import dev.weir.state.StateTtl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What state with an end of life promises on every backend. */
abstract class StateTtlContract extends StateKindsContract {
  private static final int KEY = 7;
  private static final long TTL = 10_000;

  private KindsJob expiring;

  @BeforeEach
  void openExpiring() {
    begin(StateTtl.onCreateAndWrite(Duration.ofMillis(TTL)));
  }

  private void begin(StateTtl ttl) {
    job.close();
    expiring = new KindsJob(store, 8, ttl);
    job = expiring;
    expiring.start(1, List.of());
  }

  private void touchAll(String name) {
    KeyedStates<Integer> states = expiring.at(KEY).states;
    states.handle(expiring.value).set(name);
    states.handle(expiring.list).add(name);
    states.handle(expiring.map).put(name, 1L);
    states.handle(expiring.sorted).put((long) name.charAt(0), name);
    states.handle(expiring.reducing).add(1L);
    states.handle(expiring.aggregating).add(1L);
  }

  private void assertGone() {
    KeyedStates<Integer> states = expiring.at(KEY).states;
    assertThat(states.handle(expiring.map).entries()).isEmpty();
    assertThat(states.handle(expiring.sorted).first()).isEmpty();
    assertThat(states.handle(expiring.map).contains("a")).isFalse();
    assertThat(states.handle(expiring.value).get()).isEmpty();
    assertThat(states.handle(expiring.list).get()).isEmpty();
    assertThat(states.handle(expiring.reducing).get()).isEmpty();
    assertThat(states.handle(expiring.aggregating).get()).isEmpty();
  }

  @Test
  void shouldBeSeenUntilItsTimeIsOverAndNeverAfter() {
    for (boolean isAtTheBottom : List.of(false, true)) {
      touchAll("a");
      if (isAtTheBottom) {
        expiring.checkpoint(1);
      }
      expiring.clock.advance(TTL - 1);

      KeyedStates<Integer> states = expiring.at(KEY).states;
      assertThat(states.handle(expiring.value).get()).contains("a");
      assertThat(states.handle(expiring.list).get()).containsExactly("a");
      assertThat(states.handle(expiring.map).entries()).containsExactly(Map.entry("a", 1L));
      assertThat(states.handle(expiring.reducing).get()).contains(1L);
      assertThat(states.handle(expiring.aggregating).get()).contains(1L);
      expiring.clock.advance(1);
      assertGone();
    }
  }

  @Test
  void shouldLeaveOutKeysThatHaveExpiredAndGiveThoseBehindThem() {
    for (int key = 0; key < 12; key++) {
      if (key == 6) {
        expiring.clock.advance(TTL / 2);
        expiring.checkpoint(1);
      }
      expiring.at(key).states.handle(expiring.value).set("v" + key);
    }
    expiring.at(9).states.handle(expiring.value).clear();
    KeyQuery<Integer, String> query = KeyQuery.values(expiring.value, KeyRange.from(2));

    assertThat(keys(query.limit(5))).containsExactly(2, 3, 4, 5, 6);
    expiring.clock.advance(TTL / 2);
    assertThat(keys(query.limit(3))).containsExactly(6, 7, 8);
    assertThat(keys(query)).containsExactly(6, 7, 8, 10, 11);
    expiring.checkpoint(2);
    assertThat(keys(query.limit(4))).containsExactly(6, 7, 8, 10);
  }

  private List<Integer> keys(KeyQuery<Integer, String> query) {
    KindsJob.Task task = expiring.at(KEY);
    KeyBounds bounds = KeyBounds.of(query.keys(), TypeSerializers.of(Integer.class));
    return task
        .states
        .looking(task.backend.view(ReadLevel.LIVE), query.state())
        .keys(query, bounds, 0)
        .found()
        .values()
        .stream()
        .limit(query.limit())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void shouldLetElementsAndEntriesExpireOneByOne() {
    touchAll("a");
    expiring.clock.advance(TTL / 2);
    touchAll("b");
    expiring.clock.advance(TTL / 2);

    KeyedStates<Integer> states = expiring.at(KEY).states;
    assertThat(states.handle(expiring.list).get()).containsExactly("b");
    assertThat(states.handle(expiring.map).keys()).containsExactly("b");
    assertThat(states.handle(expiring.sorted).first()).contains(Map.entry((long) 'b', "b"));
    assertThat(states.handle(expiring.reducing).get()).contains(2L);
    expiring.clock.advance(TTL / 2);
    assertGone();
    states.handle(expiring.reducing).add(5L);
    assertThat(states.handle(expiring.reducing).get()).as("begun anew").contains(5L);
  }

  @Test
  void shouldLiveOnByReadsOnlyIfTheyCount() {
    begin(StateTtl.onReadAndWrite(Duration.ofMillis(TTL)));
    touchAll("a");
    for (int i = 0; i < 5; i++) {
      expiring.checkpoint(i);
      expiring.clock.advance(TTL - 1);

      KeyedStates<Integer> states = expiring.at(KEY).states;
      assertThat(states.handle(expiring.value).get()).contains("a");
      assertThat(states.handle(expiring.list).get()).containsExactly("a");
      assertThat(states.handle(expiring.map).entries()).containsExactly(Map.entry("a", 1L));
      assertThat(states.handle(expiring.sorted).first()).isPresent();
      assertThat(states.handle(expiring.reducing).get()).contains(1L);
      assertThat(states.handle(expiring.aggregating).get()).contains(1L);
    }
    expiring.clock.advance(TTL);
    assertGone();
  }

  @Test
  void shouldExpireAtTheSameMomentAfterARestoreAtAnyParallelism() {
    touchAll("a");
    List<List<FileRef>> parts = expiring.checkpoint(1);
    expiring.clock.advance(TTL - 1);

    expiring.start(3, parts);

    assertThat(expiring.at(KEY).states.handle(expiring.value).get()).contains("a");
    assertThat(expiring.at(KEY).states.handle(expiring.map).get("a")).contains(1L);
    expiring.clock.advance(1);
    assertGone();
  }

  @Test
  void shouldRemoveWhatNobodyMeetsWithinTheBound() {
    for (int key = 0; key < 1_000; key++) {
      expiring.at(key).states.handle(expiring.value).set("dead");
      expiring.at(key).states.handle(expiring.list).add("dead");
      expiring.at(key).states.handle(expiring.map).put("dead", 1L);
    }
    expiring.checkpoint(1);
    KindsJob.Task task = expiring.tasks.get(0);
    sweepOnce(task);
    expiring.clock.advance(TTL / 2);
    expiring.at(3).states.handle(expiring.value).set("alive");
    expiring.checkpoint(2);
    expiring.clock.advance(TTL / 2);
    assertThat(task.rowsAtTheBottom()).isEqualTo(3_000);

    expiring.at(4).states.handle(expiring.value).set("dirty");
    int steps = sweepOnce(task);
    List<List<FileRef>> parts = expiring.checkpoint(3);

    assertThat(steps).as("each step is bounded").isBetween(4, 20);
    assertThat(task.rowsAtTheBottom()).isEqualTo(2);
    assertThat(expiring.at(3).states.handle(expiring.value).get()).contains("alive");
    assertThat(expiring.at(4).states.handle(expiring.value).get()).contains("dirty");
    expiring.start(2, parts);
    assertThat(expiring.tasks.stream().mapToInt(KindsJob.Task::rowsAtTheBottom).sum()).isEqualTo(2);
  }

  private static int sweepOnce(KindsJob.Task task) {
    int steps = 0;
    while (task.states.sweep()) {
      steps++;
    }
    return steps;
  }

  @Test
  void shouldSweepWhileLayersSinkAndTheWalkIsUnderWay() {
    for (int key = 0; key < 2_000; key++) {
      expiring.at(key).states.handle(expiring.value).set("dead");
    }
    expiring.checkpoint(1);
    expiring.clock.advance(TTL);
    KindsJob.Task task = expiring.tasks.get(0);
    for (long id = 2; task.states.sweep(); id++) {
      for (int key = 0; key < 2_000; key += 3) {
        expiring.at(key).states.handle(expiring.value).set("alive");
      }
      expiring.checkpoint(id);
    }
    expiring.checkpoint(1_000);

    for (int key = 0; key < 2_000; key++) {
      assertThat(expiring.at(key).states.handle(expiring.value).get().isPresent())
          .as("key %s", key)
          .isEqualTo(key % 3 == 0);
    }
    expiring.clock.advance(TTL);
    sweepOnce(task);
    expiring.checkpoint(1_001);
    assertThat(task.rowsAtTheBottom()).isZero();
  }
}
