package dev.weir.connectors.kafka.source;

import io.micrometer.core.instrument.Counter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the offsets of completed checkpoints under the consumer group, for people and their
 * monitoring. They are never read back; a failure is counted and warned of once in a row, and
 * changes nothing else. Used by one I/O thread at a time.
 */
final class OffsetPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(OffsetPublisher.class);
  private static final Duration FINISH_TIMEOUT = Duration.ofSeconds(1);

  private final Counter failures;
  private Map<TopicPartition, OffsetAndMetadata> unconfirmed = Map.of();
  private boolean failing;

  OffsetPublisher(Counter failures) {
    this.failures = failures;
  }

  /** Sends the offsets; the answer is looked at in a later poll. */
  void publish(Consumer<ByteBuffer, ByteBuffer> consumer, List<KafkaSplit> positions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (KafkaSplit split : positions) {
      Optional<Integer> epoch =
          split.leaderEpoch().isPresent()
              ? Optional.of(split.leaderEpoch().getAsInt())
              : Optional.empty();
      offsets.put(split.partition(), new OffsetAndMetadata(split.offset(), epoch, ""));
    }
    unconfirmed = offsets;
    try {
      consumer.commitAsync(offsets, (sent, failure) -> answered(sent, failure));
    } catch (KafkaException e) {
      answered(offsets, e);
    }
  }

  /** Tries for a short time to publish what is not confirmed, as no later poll will come. */
  void finish(Consumer<ByteBuffer, ByteBuffer> consumer) {
    if (unconfirmed.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> last = unconfirmed;
    try {
      consumer.commitSync(last, FINISH_TIMEOUT);
      answered(last, null);
    } catch (KafkaException e) {
      answered(last, e);
    }
  }

  private void answered(Map<TopicPartition, OffsetAndMetadata> sent, Exception failure) {
    if (failure == null) {
      failing = false;
      if (sent.equals(unconfirmed)) {
        unconfirmed = Map.of();
      }
      return;
    }
    failures.increment();
    if (!failing) {
      failing = true;
      LOG.warn(
          "Tried to publish offsets {} to the consumer group, found: {}. The job is not affected, its"
              + " offsets are in its checkpoints; check the group id and its ACL.",
          sent,
          failure.toString());
    }
  }
}
