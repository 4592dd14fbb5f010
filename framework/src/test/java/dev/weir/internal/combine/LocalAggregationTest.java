package dev.weir.internal.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.FunctionException;
import dev.weir.function.Aggregates;
import dev.weir.pipeline.Stage;
import dev.weir.serde.TypeSerializers;
import dev.weir.time.TumblingWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalAggregationTest {
  private final LocalAggregation<String> local =
      LocalAggregation.of(stage(), key -> key.length() % 2);
  private final List<String> given = new ArrayList<>();

  private static Stage.WindowStage<String, String, ?, Long, String> stage() {
    return new Stage.WindowStage<>(
        1,
        "count",
        0,
        new Stage.Keying<>(
            word -> word.equals("none") ? null : word, TypeSerializers.of(String.class)),
        new TumblingWindows(10, 0),
        Aggregates.<String>summingLong(String::length),
        (key, window, sum) -> key + sum);
  }

  private void drain() {
    local.drain(
        (partial, last, channel) ->
            given.add(channel + ":" + partial.key() + "@" + last + " x" + partial.records()));
  }

  @Test
  void shouldMakeOneOfAllRecordsOfAKeyAndWindowInTheOrderOfTheFirstOnes() {
    add("bb", 3);
    add("a", 9);
    add("bb", 10);
    add("bb", 0);
    add("a", 1);

    drain();

    assertThat(given).containsExactly("0:bb@9 x2", "1:a@9 x2", "0:bb@19 x1");
  }

  @Test
  void shouldHoldNothingOnceItIsDrained() {
    add("a", 1);
    drain();
    add("a", 1);
    drain();
    drain();

    assertThat(given).containsExactly("1:a@9 x1", "1:a@9 x1");
  }

  @Test
  void shouldSayWhenItIsFullAndThenHaveEachWindowOnce() {
    int first =
        IntStream.range(0, 10_000).filter(i -> local.add("k" + i, 0)).findFirst().orElse(-1);

    assertThat(first).isEqualTo(LocalAggregation.MOST - 1);
    drain();
    assertThat(given).hasSize(LocalAggregation.MOST).doesNotHaveDuplicates();
  }

  @Test
  void shouldStandAsideWhereRecordsShareNoWindowsAndLookAgainLater() {
    addAll(LocalAggregation.JUDGED, i -> "k" + i);
    assertThat(local.takesNext()).isFalse();
    for (int i = 1; i < LocalAggregation.PASSING; i++) {
      assertThat(local.takesNext()).isFalse();
    }
    assertThat(local.takesNext()).isTrue();
  }

  @Test
  void shouldGoOnWhereRecordsShareWindows() {
    addAll(4 * LocalAggregation.JUDGED, i -> "k" + i % 6);

    assertThat(local.takesNext()).isTrue();
  }

  @Test
  void shouldNameTheStageOfAKeySelectorThatReturnsNull() {
    assertThatThrownBy(() -> local.add("none", 1))
        .isInstanceOf(FunctionException.class)
        .hasMessageContainingAll("key selector", "stage 'count'", "null");
  }

  private void addAll(int records, IntFunction<String> word) {
    for (int i = 0; i < records; i++) {
      if (local.add(word.apply(i), 0)) {
        drain();
      }
    }
    drain();
  }

  private void add(String word, long timestamp) {
    assertThat(local.add(word, timestamp)).isFalse();
  }
}
