package dev.weir.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpcomingKeysTest {
  private final List<String> selected = new ArrayList<>();
  private final UpcomingKeys<String, Integer> keys =
      new UpcomingKeys<>(
          word -> {
            selected.add(word);
            return word.length();
          });

  @Test
  void shouldSelectEachKeyOnceWhetherItWasAskedForAheadOrNot() {
    List<String> batch = List.of("a", "bc");

    int alone = keys.next("def");
    keys.take(batch.size(), batch::get);
    int first = keys.next("a");
    int second = keys.next("bc");
    int behind = keys.next("ghij");

    assertThat(List.of(alone, first, second, behind)).containsExactly(3, 1, 2, 4);
    assertThat(selected).containsExactly("def", "a", "bc", "ghij");
  }
}
