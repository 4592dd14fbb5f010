package dev.weir.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.time.Watermarks;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SplitWatermarksTest {
  private final SplitWatermarks watermarks =
      new SplitWatermarks(
          Watermarks.<String>boundedOutOfOrderness(Duration.ofMillis(10))
              .idleAfter(Duration.ofSeconds(5)));

  @Test
  void shouldStayBehindTheSlowestSplitByTheBoundAndOneMillisecond() {
    SplitClock fast = watermarks.add(Long.MIN_VALUE, 0);
    SplitClock slow = watermarks.add(Long.MIN_VALUE, 0);
    fast.record(1_000);
    slow.record(500);

    watermarks.update(1);

    assertThat(watermarks.current()).isEqualTo(489);
  }

  @Test
  void shouldWaitForASplitThatHasShownNothingYet() {
    watermarks.add(Long.MIN_VALUE, 0).record(1_000);
    watermarks.add(Long.MIN_VALUE, 0);

    watermarks.update(1);

    assertThat(watermarks.current()).isEqualTo(Long.MIN_VALUE);
  }

  @Tag("S49")
  @Test
  void shouldLeaveOutASplitThatIsIdle() {
    SplitClock busy = watermarks.add(Long.MIN_VALUE, 0);
    watermarks.add(Long.MIN_VALUE, 0);
    busy.record(1_000);

    watermarks.update(5_000);

    assertThat(watermarks.current()).isEqualTo(989);
    assertThat(watermarks.isIdle()).isFalse();
  }

  @Tag("S49")
  @Test
  void shouldGoOnToTheFurthestSplitWhenAllAreIdle() {
    watermarks.add(Long.MIN_VALUE, 0).record(1_000);
    watermarks.add(Long.MIN_VALUE, 0).record(500);
    watermarks.update(0);
    assertThat(watermarks.current()).isEqualTo(489);

    watermarks.update(5_000);
    watermarks.update(100_000);

    assertThat(watermarks.current()).isEqualTo(989);
    assertThat(watermarks.isIdle()).isTrue();
  }

  @Test
  void shouldBeIdleWithoutSplits() {
    watermarks.update(0);

    assertThat(watermarks.isIdle()).isTrue();
  }

  @Tag("S48")
  @Test
  void shouldGoOnFromTheStoredTimestamp() {
    watermarks.add(1_000, 0);

    watermarks.update(1);

    assertThat(watermarks.current()).isEqualTo(989);
  }

  @Test
  void shouldNotFallWhenASplitIsAdded() {
    watermarks.add(1_000, 0);
    watermarks.update(1);
    watermarks.add(Long.MIN_VALUE, 2);

    watermarks.update(3);

    assertThat(watermarks.current()).isEqualTo(989);
  }
}
