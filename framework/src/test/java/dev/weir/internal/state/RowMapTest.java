package dev.weir.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowMapTest {
  private static final int KEYS = 20_000;
  private static final int STEPS = 100_000;

  private final RowMap<Integer, Integer> rows = new RowMap<>();

  @Test
  void shouldFindARowByItsTimeAndKey() {
    rows.add(row(1, 7));
    rows.add(row(2, 7));

    assertThat(find(1, 7).time()).isEqualTo(1);
    assertThat(find(2, 7).time()).isEqualTo(2);
    assertThat(find(3, 7)).isNull();
  }

  @Test
  void shouldKeepEveryRowWhileItGrows() {
    Random random = new Random(1);
    Map<Integer, Row<Integer, Integer>> expected = new HashMap<>();
    for (int step = 0; step < STEPS; step++) {
      int key = random.nextInt(KEYS);
      Row<Integer, Integer> known = expected.get(key);
      assertThat(find(0, key)).isSameAs(known);
      if (known == null) {
        Row<Integer, Integer> row = row(0, key);
        rows.add(row);
        expected.put(key, row);
      } else if (random.nextInt(3) == 0) {
        rows.remove(known);
        expected.remove(key);
      }
    }

    assertThat(rows.size()).isEqualTo(expected.size());
    expected.forEach((key, row) -> assertThat(find(0, key)).isSameAs(row));
  }

  @Test
  void shouldNotCountARowAsReadOnlyOnceItIsWritten() {
    RowLayer<Integer, Integer> layer = new RowLayer<>(false);
    Row<Integer, Integer> written = row(0, 7);
    Row<Integer, Integer> removed = row(0, 8);
    layer.addClean(written);
    layer.addClean(removed);
    layer.addClean(row(0, 9));

    layer.touch(written);
    layer.touch(written);
    layer.remove(removed);

    assertThat(layer.cleanRows()).isEqualTo(1);
    assertThat(written.isChange()).isTrue();
  }

  private Row<Integer, Integer> find(long time, Integer key) {
    return rows.find(RowMap.hash(time, key), time, key);
  }

  private static Row<Integer, Integer> row(long time, Integer key) {
    return new Row<>(RowMap.hash(time, key), time, key, 0, false);
  }
}
