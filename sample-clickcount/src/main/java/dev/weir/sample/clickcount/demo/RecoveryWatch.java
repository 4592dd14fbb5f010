package dev.weir.sample.clickcount.demo;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures from a kill to the first count that was written after it: one that stands behind
 * everything that was in the output when the process was dead. Pure; confined to one thread.
 */
final class RecoveryWatch {
  private Map<TopicPartition, Long> endsAtDeath = Map.of();
  private long killedAt;
  private boolean isRecovering;

  void died(long nanos, Map<TopicPartition, Long> ends) {
    killedAt = nanos;
    endsAtDeath = ends;
    isRecovering = true;
  }

  boolean isRecovering() {
    return isRecovering;
  }

  /** Takes a count that became visible; gives the time it took if this one ends the recovery. */
  Optional<Duration> seen(TopicPartition partition, long offset, long nanos) {
    if (!isRecovering || offset < endsAtDeath.getOrDefault(partition, 0L)) {
      return Optional.empty();
    }
    isRecovering = false;
    return Optional.of(Duration.ofNanos(nanos - killedAt));
  }
}
