package dev.weir.sample.clickcount.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void shouldFollowTheClock() {
    Pace pace = new Pace(4000);

    assertThat(pace.dueAfter(0)).isZero();
    assertThat(pace.dueAfter(TimeUnit.MICROSECONDS.toNanos(250))).isEqualTo(1);
    assertThat(pace.dueAfter(TimeUnit.MILLISECONDS.toNanos(1500))).isEqualTo(6000);
  }

  @Test
  void shouldNotOverflowInADayAtFullSpeed() {
    Pace pace = new Pace(1_000_000);

    assertThat(pace.dueAfter(TimeUnit.DAYS.toNanos(1))).isEqualTo(86_400_000_000L);
  }
}
