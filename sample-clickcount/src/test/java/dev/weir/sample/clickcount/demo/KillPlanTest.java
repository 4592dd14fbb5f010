package dev.weir.sample.clickcount.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KillPlanTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void shouldGiveOneKillAfterTheOther() {
    KillPlan plan = new KillPlan(2, MINUTE, 7);
    List<Duration> moments = plan.moments();

    assertThat(plan.isDue(moments.get(0).minusMillis(1))).isFalse();
    assertThat(plan.isDue(moments.get(0))).isTrue();

    plan.killed();
    assertThat(plan.isDue(moments.get(0))).isFalse();
    assertThat(plan.isDue(moments.get(1))).isTrue();

    plan.killed();
    assertThat(plan.isDue(MINUTE)).isFalse();
    assertThat(plan.done()).isEqualTo(2);
  }

  @Test
  void shouldLetTheJobWorkBeforeItDiesAgain() {
    KillPlan plan = new KillPlan(1, MINUTE, 7);

    plan.recovered(MINUTE);

    assertThat(plan.isDue(MINUTE.plusMillis(199))).isFalse();
    assertThat(plan.isDue(MINUTE.plusSeconds(2))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 99, -5})
  void shouldLeaveTimeToRecoverBetweenKillsAndAfterTheLast(long seed) {
    List<Duration> moments = new KillPlan(5, MINUTE, seed).moments();

    assertThat(moments).hasSize(5);
    for (int kill = 0; kill < 5; kill++) {
      Duration next = kill == 4 ? MINUTE : moments.get(kill + 1);
      assertThat(next.minus(moments.get(kill))).isGreaterThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void shouldBeTheSameForTheSameSeedOnly() {
    List<Duration> moments = new KillPlan(5, MINUTE, 1).moments();

    assertThat(new KillPlan(5, MINUTE, 1).moments()).isEqualTo(moments);
    assertThat(new KillPlan(5, MINUTE, 2).moments()).isNotEqualTo(moments);
  }
}
