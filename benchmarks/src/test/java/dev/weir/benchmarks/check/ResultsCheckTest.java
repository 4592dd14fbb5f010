package dev.weir.benchmarks.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmarks.work.EngineOnly;
import dev.weir.benchmarks.work.KeyedSum;
import dev.weir.benchmarks.work.Results;
import dev.weir.benchmarks.work.Tally;
import dev.weir.benchmarks.work.WindowCounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ResultsCheckTest {
  private static final long NUMBERS = 250_000;
  private static final int KEYS = 7;

  @Test
  void shouldExpectWhatSumsInAnyOrderGive() {
    List<Long> numbers = new ArrayList<>(LongStream.range(0, NUMBERS).boxed().toList());
    Collections.shuffle(numbers, new Random(1));

    assertThat(sums(numbers, count -> count)).isEqualTo(ResultsCheck.keyedSums(NUMBERS, KEYS));
  }

  @Test
  void shouldNotExpectSumsThatTakeANumberTwiceOrLoseState() {
    List<Long> twice = new ArrayList<>(LongStream.range(0, NUMBERS - 1).boxed().toList());
    twice.add(0L);
    List<Long> numbers = LongStream.range(0, NUMBERS).boxed().toList();
    Results expected = ResultsCheck.keyedSums(NUMBERS, KEYS);

    assertThat(sums(twice, place -> place).words()).isNotEqualTo(expected.words());
    assertThat(sums(numbers, place -> place == NUMBERS / 2 ? -1 : place).words())
        .isNotEqualTo(expected.words());
  }

  @Test
  void shouldExpectACountOfEachKeyInEachWindow() {
    Map<List<Long>, Long> counts = new HashMap<>();
    long size = WindowCounts.windowMillis(KEYS);
    for (long number = 0; number < NUMBERS; number++) {
      counts.merge(List.of(EngineOnly.key(number, KEYS), number / size * size), 1L, Long::sum);
    }
    long words =
        counts.entrySet().stream()
            .mapToLong(e -> WindowCounts.word(e.getKey().get(0), e.getKey().get(1), e.getValue()))
            .sum();

    assertThat(ResultsCheck.windowCounts(NUMBERS, KEYS))
        .isEqualTo(new Results(counts.size(), words))
        .extracting(Results::number)
        .isEqualTo(3L * KEYS);
  }

  @Test
  void shouldDealEachNumberOnceAndInARisingOrderForEachTask() {
    long count = 11;

    List<Long> dealt =
        LongStream.range(0, count).map(place -> EngineOnly.dealt(place, count, 3)).boxed().toList();

    assertThat(dealt).containsExactly(0L, 3L, 6L, 1L, 4L, 7L, 2L, 5L, 8L, 9L, 10L);
  }

  @Test
  void shouldTellOfTheResultsOfClosedTalliesOnce() {
    Results before = Tally.all();
    Tally tally = new Tally(1);
    long began = System.nanoTime();

    tally.add(5);
    tally.add(7);
    assertThat(Tally.all()).isEqualTo(before);
    tally.close();
    tally.close();

    assertThat(Tally.all()).isEqualTo(new Results(before.number() + 2, before.words() + 12));
    assertThat(Tally.lastNanos()).isBetween(began, System.nanoTime());
  }

  /** The results of these updates; where the place is made -1, the state is lost before it. */
  private static Results sums(List<Long> numbers, LongUnaryOperator places) {
    Map<Long, byte[]> states = new HashMap<>();
    long words = 0;
    for (int place = 0; place < numbers.size(); place++) {
      long key = EngineOnly.key(numbers.get(place), KEYS);
      if (places.applyAsLong(place) < 0) {
        states.remove(key);
      }
      words += KeyedSum.next(states.computeIfAbsent(key, k -> KeyedSum.none()), key);
    }
    return new Results(numbers.size(), words);
  }
}
