package dev.weir.sample.clickcount.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimingsTest {
  private final Timings timings = new Timings();

  @Test
  void shouldGiveLeastMedianAndGreatest() {
    timings.add(Duration.ofSeconds(3));
    timings.add(Duration.ofMillis(1250));
    timings.add(Duration.ofMillis(1500));

    assertThat(timings.summary()).isEqualTo("min 1.25 s, median 1.50 s, max 3.00 s");
  }

  @Test
  void shouldSayThatNothingWasMeasured() {
    assertThat(timings.summary()).isEqualTo("none measured");
  }

  @Test
  void shouldWriteATimeAsOnAClock() {
    assertThat(Timings.clock(Duration.ofSeconds(75))).isEqualTo("1:15");
    assertThat(Timings.clock(Duration.ofMillis(9_900))).isEqualTo("0:09");
  }
}
