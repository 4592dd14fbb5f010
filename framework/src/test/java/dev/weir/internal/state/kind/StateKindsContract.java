package dev.weir.internal.state.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.internal.state.StateStore;
import dev.weir.state.ListState;
import dev.weir.state.MapState;
import dev.weir.state.SortedMapState;
import dev.weir.state.StateTtl;
import dev.weir.state.ValueStateDescriptor;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of state promises to user functions, on every backend. */
abstract class StateKindsContract {
  private static final int KEY = 7;

  StateStore store;
  KindsJob job;

  protected abstract StateStore openStore();

  @BeforeEach
  void openStates() {
    store = openStore();
    job = new KindsJob(store, 8, StateTtl.none());
    job.start(1, List.of());
  }

  @AfterEach
  void closeStates() {
    job.close();
    store.close();
  }

  @Test
  void shouldKeepEachKindApartForEachKey() {
    for (int key : List.of(KEY, 8)) {
      KeyedStates<Integer> states = job.at(key).states;
      states.handle(job.value).set("v" + key);
      states.handle(job.list).addAll(List.of("a" + key, "b"));
      states.handle(job.map).put("k", 1L + key);
      states.handle(job.sorted).put(1L, "s" + key);
      states.handle(job.reducing).add(10L);
      states.handle(job.reducing).add((long) key);
      states.handle(job.aggregating).add(20L);
      states.handle(job.aggregating).add((long) key);
    }

    for (int checkpoint = 1; checkpoint < 3; checkpoint++) {
      KeyedStates<Integer> states = job.at(KEY).states;
      assertThat(states.handle(job.value).get()).contains("v7");
      assertThat(states.handle(job.list).get()).containsExactly("a7", "b");
      assertThat(states.handle(job.map).get("k")).contains(8L);
      assertThat(states.handle(job.sorted).first()).contains(Map.entry(1L, "s7"));
      assertThat(states.handle(job.reducing).get()).contains(17L);
      assertThat(states.handle(job.aggregating).get()).contains(27L);
      job.checkpoint(checkpoint);
    }
  }

  @Test
  void shouldBeEmptyAtFirstAndWhenCleared() {
    KeyedStates<Integer> states = job.at(KEY).states;
    for (int round = 1; round < 4; round++) {
      assertThat(states.handle(job.value).get()).isEmpty();
      assertThat(states.handle(job.value).getOr("absent")).isEqualTo("absent");
      assertThat(states.handle(job.list).get()).isEmpty();
      assertThat(states.handle(job.map).isEmpty()).isTrue();
      assertThat(states.handle(job.map).getOr("k", 5L)).isEqualTo(5);
      assertThat(states.handle(job.sorted).first()).isEmpty();
      assertThat(states.handle(job.reducing).get()).isEmpty();
      assertThat(states.handle(job.aggregating).get()).isEmpty();

      states.handle(job.value).set("x");
      states.handle(job.list).add("x");
      states.handle(job.map).put("x", 1L);
      states.handle(job.sorted).put(1L, "x");
      states.handle(job.reducing).add(1L);
      states.handle(job.aggregating).add(1L);
      job.checkpoint(round);
      states.handle(job.value).clear();
      states.handle(job.list).update(List.of());
      states.handle(job.map).clear();
      states.handle(job.sorted).clear();
      states.handle(job.reducing).clear();
      states.handle(job.aggregating).clear();
    }
  }

  @Test
  void shouldAppendToListsInAllLayersAndReplaceThem() {
    ListState<String> list = job.at(KEY).states.handle(job.list);
    list.add("a");
    job.checkpoint(1);
    list.add("b");
    List<String> then = list.get();
    list.addAll(List.of("c", "d"));

    assertThat(list.get()).containsExactly("a", "b", "c", "d");
    assertThat(then).containsExactly("a", "b");
    job.checkpoint(2);
    list.update(List.of("z"));
    job.checkpoint(3);
    assertThat(list.get()).containsExactly("z");
  }

  @Test
  void shouldIterateOverMapsWhileTheyChange() {
    MapState<String, Long> map = job.at(KEY).states.handle(job.map);
    map.putAll(Map.of("a", 1L, "b", 2L, "c", 3L, "d", 4L));
    job.checkpoint(1);

    for (Map.Entry<String, Long> entry : map.entries()) {
      map.put(entry.getKey(), entry.getValue() * 10);
    }
    map.keys().forEach(key -> map.put(key + "x", 0L));
    for (Iterator<Long> values = map.values().iterator(); values.hasNext(); ) {
      if (values.next() == 20) {
        values.remove();
      }
    }

    assertThat(map.contains("b")).isFalse();
    assertThat(map.get("c")).contains(30L);
    assertThat(map.keys()).contains("a", "c", "d", "bx").doesNotContain("b");
  }

  @Test
  void shouldWalkOverPartsOfASortedMapInTheOrderOfItsKeys() {
    SortedMapState<Long, String> map = job.at(KEY).states.handle(job.sorted);
    List<Long> keys = List.of(5L, -3L, Long.MAX_VALUE, 0L, Long.MIN_VALUE, 256L, 255L);
    keys.forEach(key -> map.put(key, "" + key));
    job.checkpoint(1);
    map.remove(0L);
    map.put(1L, "1");

    assertThat(map.keys()).containsExactly(Long.MIN_VALUE, -3L, 1L, 5L, 255L, 256L, Long.MAX_VALUE);
    assertThat(keysOf(map.range(-3L, 255L))).containsExactly(-3L, 1L, 5L);
    assertThat(keysOf(map.range(5L, 5L))).isEmpty();
    assertThat(keysOf(map.range(6L, 5L))).isEmpty();
    assertThat(keysOf(map.from(256L))).containsExactly(256L, Long.MAX_VALUE);
    assertThat(keysOf(map.before(1L))).containsExactly(Long.MIN_VALUE, -3L);
    assertThat(map.first()).contains(Map.entry(Long.MIN_VALUE, "" + Long.MIN_VALUE));
    assertThatThrownBy(() -> map.prefix(5L)).isInstanceOf(UnsupportedOperationException.class);
  }

  private static List<Long> keysOf(Iterable<Map.Entry<Long, String>> entries) {
    List<Long> keys = new ArrayList<>();
    entries.forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }

  @Test
  void shouldRefuseMisuseByName() {
    KeyedStates<Integer> states = job.at(KEY).states;
    states.handle(job.map).put("a", 1L);
    states.handle(job.map).put("b", 1L);
    Iterator<String> keys = states.handle(job.map).keys().iterator();
    keys.next();
    job.checkpoint(1);

    assertThatThrownBy(keys::next).isInstanceOf(ConcurrentModificationException.class);
    assertThatThrownBy(() -> states.handle(ValueStateDescriptor.of("other", String.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("kinds", "other", "sorted");
    assertThatThrownBy(() -> states.handle(ValueStateDescriptor.of("map", String.class)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> states.handle(job.value).set(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("'value'");
    assertThatThrownBy(() -> states.handle(job.map).put("c", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("'map'");
  }
}
