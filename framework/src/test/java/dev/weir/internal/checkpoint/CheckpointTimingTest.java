package dev.weir.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.job.JobConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckpointTimingTest {
  private final JobConfig.Builder config =
      JobConfig.builder()
          .checkpointTimeout(Duration.ofSeconds(7))
          .checkpointMinPause(Duration.ofMillis(50));

  @Test
  void shouldBeAsConfigured() {
    assertThat(CheckpointTiming.of(config.build().checkpoints()))
        .isEqualTo(new CheckpointTiming(10_000, 7_000, 50));
    assertThat(
            CheckpointTiming.of(
                config.checkpointInterval(Duration.ofMillis(20)).build().checkpoints()))
        .isEqualTo(new CheckpointTiming(20, 7_000, 50));
  }

  @Test
  void shouldHaveNoPeriodicOnesWhereTheIntervalIsZero() {
    CheckpointTiming timing =
        CheckpointTiming.of(config.checkpointInterval(Duration.ZERO).build().checkpoints());

    assertThat(timing.interval()).isEqualTo(CheckpointTiming.OFF);
    assertThat(timing.after(5)).isEqualTo(CheckpointTiming.OFF);
    assertThat(timing.soonAfter(5)).isEqualTo(CheckpointTiming.OFF);
  }
}
