package dev.weir.sample.clickcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InputPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:10:07Z");

  @Test
  void shouldPlanWholeWindowsThatEndAboutNow() {
    InputPlan plan = InputPlan.lasting(NOW, 4000, Duration.ofMinutes(1));

    assertThat(plan).isEqualTo(new InputPlan(Instant.parse("2026-01-01T00:00:00Z"), 40));
    assertThat(plan.end()).isEqualTo("2026-01-01T00:10:00Z");
  }

  @Test
  void shouldPlanAtLeastOneWindow() {
    InputPlan plan = InputPlan.lasting(NOW, 10, Duration.ofSeconds(1));

    assertThat(plan.windows()).isEqualTo(1);
  }

  @Test
  void shouldCloseEveryWindowInTheEnd() {
    InputPlan plan = InputPlan.lasting(NOW, 4000, Duration.ofMinutes(1));

    assertThat(plan.closingTime())
        .isAfterOrEqualTo(plan.end().plus(Clicks.WINDOW).plus(Clicks.OUT_OF_ORDERNESS));
  }

  @Test
  void shouldRefuseAStartInsideAWindow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InputPlan(NOW, 1))
        .withMessageContaining("2026-01-01T00:10:07Z");
  }
}
