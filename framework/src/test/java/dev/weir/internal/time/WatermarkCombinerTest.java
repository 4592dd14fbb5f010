package dev.weir.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatermarkCombinerTest {
  private final WatermarkCombiner combiner = new WatermarkCombiner(2);

  @Test
  void shouldFollowTheSlowestInput() {
    assertThat(combiner.watermark(0, 100)).isFalse();

    boolean hasRisen = combiner.watermark(1, 40);

    assertThat(hasRisen).isTrue();
    assertThat(combiner.current()).isEqualTo(40);
  }

  @Tag("S49")
  @Test
  void shouldNotWaitForAnIdleInput() {
    combiner.watermark(0, 100);

    boolean hasRisen = combiner.idle(1, true);

    assertThat(hasRisen).isTrue();
    assertThat(combiner.current()).isEqualTo(100);
  }

  @Tag("S49")
  @Test
  void shouldNeverFallWhenAnInputComesBackBehind() {
    combiner.watermark(0, 100);
    combiner.idle(1, true);
    combiner.idle(1, false);

    boolean hasRisen = combiner.watermark(1, 50);

    assertThat(hasRisen).isFalse();
    assertThat(combiner.current()).isEqualTo(100);
  }

  @Tag("S49")
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldGoOnToTheFurthestWhicheverInputBecomesIdleFirst(int first) {
    combiner.watermark(0, 100);
    combiner.watermark(1, 50);

    combiner.idle(first, true);
    combiner.idle(1 - first, true);

    assertThat(combiner.current()).isEqualTo(100);
  }

  @Test
  void shouldBeIdleWhenAllInputsAre() {
    combiner.idle(0, true);
    assertThat(combiner.isIdle()).isFalse();

    combiner.idle(1, true);

    assertThat(combiner.isIdle()).isTrue();
  }

  @Test
  void shouldNotEndTimeWhileAnIdleInputMayWakeUp() {
    combiner.watermark(0, 100);
    combiner.idle(1, true);

    boolean hasRisen = combiner.watermark(0, Long.MAX_VALUE);

    assertThat(hasRisen).isFalse();
    assertThat(combiner.isIdle()).as("nobody downstream waits for it").isTrue();
    combiner.idle(1, false);
    assertThat(combiner.watermark(1, 120)).isTrue();
    assertThat(combiner.current()).isEqualTo(120);
  }

  @Test
  void shouldEndTimeWhenAllInputsHaveEndedThoughTheyWereIdle() {
    combiner.idle(0, true);
    combiner.idle(1, true);
    combiner.watermark(0, Long.MAX_VALUE);

    boolean hasRisen = combiner.watermark(1, Long.MAX_VALUE);

    assertThat(hasRisen).isTrue();
    assertThat(combiner.current()).isEqualTo(Long.MAX_VALUE);
    assertThat(combiner.isIdle()).isFalse();
  }
}
