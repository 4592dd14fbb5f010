package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.proof.TestWorkload.Kind;
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
}
