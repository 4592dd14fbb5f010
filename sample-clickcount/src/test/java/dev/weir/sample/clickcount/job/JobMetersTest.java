package dev.weir.sample.clickcount.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobMetersTest {
  @Test
  void shouldReadBackTheLineItPrints() {
    JobMeters meters = new JobMeters(17, 4012.5, 120, 24.5, 2048, 1);

    assertThat(meters.line()).startsWith("METERS checkpoint=17 clicks/s=4012.5 lag=120.0 ");
    assertThat(JobMeters.parse(meters.line())).contains(meters);
  }

  @Test
  void shouldNotTakeOtherLinesForMeters() {
    assertThat(JobMeters.parse("STATE RUNNING attempt 1")).isEmpty();
  }
}
