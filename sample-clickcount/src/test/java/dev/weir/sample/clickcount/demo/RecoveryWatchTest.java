package dev.weir.sample.clickcount.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RecoveryWatchTest {
  private static final TopicPartition FIRST = new TopicPartition("output", 0);
  private static final TopicPartition SECOND = new TopicPartition("output", 1);

  private final RecoveryWatch watch = new RecoveryWatch();

  @Test
  void shouldMeasureFromTheKillToTheFirstNewCount() {
    watch.died(Duration.ofSeconds(10).toNanos(), Map.of(FIRST, 5L, SECOND, 9L));

    assertThat(watch.seen(FIRST, 7, Duration.ofSeconds(12).toNanos()))
        .contains(Duration.ofSeconds(2));
    assertThat(watch.isRecovering()).isFalse();
    assertThat(watch.seen(FIRST, 8, Duration.ofSeconds(13).toNanos())).isEmpty();
  }

  @Test
  void shouldNotTakeACountOfTheDeadProcessForANewOne() {
    watch.died(0, Map.of(FIRST, 5L, SECOND, 9L));

    assertThat(watch.seen(FIRST, 4, 1)).isEmpty();
    assertThat(watch.seen(SECOND, 8, 2)).isEmpty();
    assertThat(watch.isRecovering()).isTrue();
    assertThat(watch.seen(SECOND, 9, 3)).isPresent();
  }
}
