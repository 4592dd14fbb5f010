package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.proof.TestWorkload.Kind;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CampaignTest {
  @Test
  void shouldTakeARunThatThrowsForOneThatFails() {
    Campaign campaign =
        new Campaign(
            seed -> {
              if (seed >= 3) {
                throw new IllegalStateException("seed " + seed);
              }
              return Scenario.of(seed, new TestWorkload(Kind.PASSED, seed)).withFirst(2);
            });

    assertThat(campaign.firstFailure(1, 8, 2)).contains(3L);
  }

  @Test
  void shouldFindARunThatTakesAnotherCourseTheSecondTime() {
    AtomicLong runs = new AtomicLong();
    Campaign campaign =
        new Campaign(
            seed -> {
              int records = (int) (2 + runs.getAndIncrement() % 2);
              return Scenario.of(seed, new TestWorkload(Kind.PASSED, seed)).withFirst(records);
            });

    assertThat(campaign.firstFailure(100, 1, 1)).contains(100L);
    assertThat(campaign.explain(100, "./again"))
        .startsWith(
            "seed 100 took another course the second time: something is not behind a port;"
                + " again with: ./again");
  }

  @Test
  void shouldFindNothingWhereASeedTakesTheSameCourseTwice() {
    Campaign campaign =
        new Campaign(seed -> Scenario.of(seed, new TestWorkload(Kind.PASSED, seed)).withFirst(2));

    assertThat(campaign.firstFailure(100, 1, 1)).isEmpty();
  }
}
