package dev.weir.sample.clickcount.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sample.clickcount.ClickEvent;
import dev.weir.sample.clickcount.Clicks;
import dev.weir.time.TumblingWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClickSequenceTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final TumblingWindows WINDOWS = new TumblingWindows(Clicks.WINDOW.toMillis(), 0);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42, Long.MIN_VALUE})
  void shouldGiveEachPageExactlyOneThousandClicksInEachWindow(long seed) {
    ClickSequence clicks = new ClickSequence(START, 7, seed);

    Map<String, Integer> counts = new TreeMap<>();
    clicks.forEachRemaining(
        click ->
            counts.merge(click.page() + "@" + WINDOWS.startOf(click.timestamp()), 1, Integer::sum));

    assertThat(counts).hasSize(7 * Clicks.PAGES.size());
    assertThat(counts.values()).containsOnly(Clicks.PER_PAGE);
    assertThat(counts.keySet())
        .contains("/news@" + START.toEpochMilli())
        .contains("/help@" + START.plusSeconds(90).toEpochMilli());
  }

  @Test
  void shouldNeverBeFurtherOutOfOrderThanThePipelineAllows() {
    List<ClickEvent> clicks = all(new ClickSequence(START, 5, 3));

    long newest = START.toEpochMilli();
    long disorder = 0;
    long overtaken = 0;
    for (ClickEvent click : clicks) {
      disorder = Math.max(disorder, newest - click.timestamp());
      overtaken += click.timestamp() < newest ? 1 : 0;
      newest = Math.max(newest, click.timestamp());
    }

    assertThat(disorder).isPositive().isLessThan(Clicks.OUT_OF_ORDERNESS.toMillis());
    assertThat(overtaken).as("clicks out of order").isGreaterThan(clicks.size() / 2);
  }

  @Test
  void shouldMixClicksOfNeighbouringWindows() {
    List<ClickEvent> clicks = all(new ClickSequence(START, 5, 3));

    long lateAtBoundary = 0;
    long newestWindow = Long.MIN_VALUE;
    for (ClickEvent click : clicks) {
      long window = WINDOWS.startOf(click.timestamp());
      lateAtBoundary += window < newestWindow ? 1 : 0;
      newestWindow = Math.max(newestWindow, window);
    }

    assertThat(lateAtBoundary).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5_951, 5_952, 5_983, 5_984, 6_000, 13_000, 41_999})
  void shouldFillTheWindowThatItIsInWhenItEndsEarly(int before) {
    ClickSequence clicks = new ClickSequence(START, 7, 11);
    Map<Long, Integer> counts = new TreeMap<>();
    for (int i = 0; i < before; i++) {
      counts.merge(WINDOWS.startOf(clicks.next().timestamp()), 1, Integer::sum);
    }

    clicks.endEarly();
    clicks.endEarly();
    clicks.forEachRemaining(
        click -> counts.merge(WINDOWS.startOf(click.timestamp()), 1, Integer::sum));

    assertThat(counts).hasSize((int) clicks.windows());
    assertThat(counts.values()).containsOnly(Clicks.PER_WINDOW);
    assertThat(clicks.windows()).isBetween(before / 6000L, 2 + before / 6000L).isLessThan(8);
  }

  @Test
  void shouldBeTheSameForTheSameSeedOnly() {
    List<ClickEvent> clicks = all(new ClickSequence(START, 1, 8));

    List<ClickEvent> again = all(new ClickSequence(START, 1, 8));
    List<ClickEvent> other = all(new ClickSequence(START, 1, 9));

    assertThat(clicks)
        .isEqualTo(again)
        .isNotEqualTo(other)
        .containsExactlyInAnyOrderElementsOf(other);
  }

  private static List<ClickEvent> all(ClickSequence clicks) {
    List<ClickEvent> all = new ArrayList<>();
    clicks.forEachRemaining(all::add);
    return all;
  }
}
