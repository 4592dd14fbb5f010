package dev.weir.internal.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowMapTest {
  private static final int KEYS = 20_000;
  private static final int STEPS = 100_000;

  @ParameterizedTest
  @MethodSource("chains")
  void shouldFindARowByItsTimeAndKey(Chains<Integer, Integer> chains) {
    RowMap<Integer, Integer> rows = new RowMap<>(0, chains);
    rows.add(row(1, 7));
    rows.add(row(2, 7));

    assertThat(find(rows, 1, 7).time()).isEqualTo(1);
    assertThat(find(rows, 2, 7).time()).isEqualTo(2);
    assertThat(find(rows, 3, 7)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000, 5_000, 100_000})
  void shouldKeepEveryRowHoweverManyWereExpected(int expectedRows) {
    chains().forEach(chains -> shouldKeepEveryRow(new RowMap<>(expectedRows, chains)));
  }

  private static void shouldKeepEveryRow(RowMap<Integer, Integer> rows) {
    Random random = new Random(1);
    Map<Integer, Row<Integer, Integer>> expected = new HashMap<>();
    for (int step = 0; step < STEPS; step++) {
      int key = random.nextInt(KEYS);
      Row<Integer, Integer> known = expected.get(key);
      assertThat(find(rows, 0, key)).isSameAs(known);
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
    expected.forEach((key, row) -> assertThat(find(rows, 0, key)).isSameAs(row));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void shouldTellOfMostRowsThatAreNotThereWithoutALook(Chains<Integer, Integer> chains) {
    RowMap<Integer, Integer> rows = new RowMap<>(0, chains);
    assertThat(rows.likely(RowMap.hash(0, 1), true)).isNull();
    for (int key = 0; key < KEYS; key++) {
      rows.add(row(0, key));
    }

    int wrong = 0;
    for (int key = 0; key < KEYS; key++) {
      assertThat(rows.likely(RowMap.hash(0, key), key % 2 == 0)).isNotNull();
      wrong += rows.likely(RowMap.hash(0, KEYS + key), key % 2 == 0) == null ? 0 : 1;
    }
    assertThat(wrong).isLessThan(KEYS / 4);
  }

  @Test
  void shouldKeepManyRowsOfATimeInTheirOrder() {
    RowLayer<Integer, Integer> layer = RowLayer.linked(false, 0);
    Deque<Row<Integer, Integer>> expected = new ArrayDeque<>();
    for (int key = 0; key < KEYS; key++) {
      Row<Integer, Integer> row = row(5, key);
      layer.add(row);
      expected.add(row);
      if (key % 3 == 0) {
        layer.remove(key % 2 == 0 ? expected.removeLast() : expected.removeFirst());
      }
      assertThat(layer.lastOf(5)).isSameAs(expected.peekLast());
    }

    List<Row<Integer, Integer>> rows = new ArrayList<>();
    for (Row<Integer, Integer> row = layer.firstOf(5); row != null; row = row.next()) {
      rows.add(row);
    }
    assertThat(rows).containsExactlyElementsOf(expected);
  }

  @Test
  void shouldNotCountARowAsReadOnlyOnceItIsWritten() {
    RowLayer<Integer, Integer> layer = RowLayer.numbered(false, 0);
    Row<Integer, Integer> written = row(0, 7);
    Row<Integer, Integer> removed = row(0, 8);
    layer.addClean(written);
    layer.addClean(removed);
    layer.addClean(row(0, 9));

    layer.set(written, 1);
    layer.set(written, 2);
    layer.remove(removed);

    assertThat(layer.cleanRows()).isEqualTo(1);
    assertThat(written.isChange()).isTrue();
  }

  static Stream<Chains<Integer, Integer>> chains() {
    return Stream.of(new LinkedChains<>(), new NumberedChains<>());
  }

  private static Row<Integer, Integer> find(RowMap<Integer, Integer> rows, long time, Integer key) {
    return rows.find(RowMap.hash(time, key), time, key);
  }

  private static Row<Integer, Integer> row(long time, Integer key) {
    return new Row<>(RowMap.hash(time, key), time, key, 0, false);
  }
}
