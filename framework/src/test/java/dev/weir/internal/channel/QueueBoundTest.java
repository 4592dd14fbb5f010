package dev.weir.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.channel.QueueBound.Limit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QueueBoundTest {
  private final QueueBound bound = new QueueBound(2);
  private long now;

  @Test
  void shouldLetNoMoreWaitThanASlowReaderTakesInAFifthOfASecond() {
    Limit limit = afterWindows(10, 100, 10);

    assertThat(limit.elements() * limit.batchRecords())
        .as("100 records a second over two channels")
        .isLessThanOrEqualTo(10)
        .isGreaterThanOrEqualTo(8);
  }

  @Test
  void shouldLetAFastReaderHaveFullQueues() {
    assertThat(afterWindows(10, 20, 100_000)).isEqualTo(new Limit(16, 256));
  }

  @Test
  void shouldLetOneRecordWaitWhateverTheReaderDoes() {
    assertThat(afterWindows(1, 5_000, 0)).isEqualTo(new Limit(1, 1));
  }

  @Test
  void shouldLetQueuesGrowAgainWhenTheReaderWaitsForRecords() {
    afterWindows(3, 1_000, 1);

    bound.empty();
    Limit limit = afterWindows(1, 20, 1);

    assertThat(limit.elements() * limit.batchRecords()).isEqualTo(64);
  }

  private Limit afterWindows(int windows, long millis, int records) {
    Limit limit = bound.limitAt(now);
    for (int i = 0; i < windows; i++) {
      bound.taken(records);
      now += TimeUnit.MILLISECONDS.toNanos(millis);
      limit = bound.limitAt(now);
    }
    return limit;
  }
}
