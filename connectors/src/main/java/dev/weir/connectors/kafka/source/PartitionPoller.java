package dev.weir.connectors.kafka.source;

import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.connectors.kafka.ClientMeters;
import dev.weir.error.WeirException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * One reader's consumer, with the splits it still reads. Used by one I/O thread at a time, but for
 * {@link #wakeUp}, which any thread may call.
 */
final class PartitionPoller<T> implements AutoCloseable {
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final Consumer<ByteBuffer, ByteBuffer> consumer;
  private final ClientMeters meters;
  private final OffsetPublisher publisher;
  private final String servers;
  private final Map<TopicPartition, SplitProgress<T>> reading = new HashMap<>();

  PartitionPoller(
      Consumer<ByteBuffer, ByteBuffer> consumer,
      ClientMeters meters,
      OffsetPublisher publisher,
      String servers) {
    this.consumer = consumer;
    this.meters = meters;
    this.publisher = publisher;
    this.servers = servers;
  }

  boolean isReading() {
    return !reading.isEmpty();
  }

  void wakeUp() {
    consumer.wakeup();
  }

  void add(List<SplitProgress<T>> splits) {
    List<KafkaSplit> added = new ArrayList<>();
    for (SplitProgress<T> progress : splits) {
      KafkaSplit split = progress.start();
      if (!split.isFinished()) {
        reading.put(split.partition(), progress);
        added.add(split);
      }
    }
    consumer.assign(reading.keySet());
    added.forEach(split -> consumer.seek(split.partition(), positionOf(split)));
  }

  void publish(List<KafkaSplit> positions) {
    publisher.publish(consumer, positions);
  }

  /** Polls once; partitions that have come to their stop offset are no longer read. */
  FetchedBatch<T> poll() {
    try {
      return batchOf(consumer.poll(POLL_TIMEOUT));
    } catch (WakeupException e) {
      throw e;
    } catch (OffsetOutOfRangeException e) {
      throw outOfRange(e);
    } catch (KafkaException e) {
      throw ClientFailures.of(e, "fetch from " + reading.keySet(), servers);
    }
  }

  @Override
  public void close() {
    try (meters) {
      publisher.finish(consumer);
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
  }

  private FetchedBatch<T> batchOf(ConsumerRecords<ByteBuffer, ByteBuffer> records) {
    List<FetchedBatch.Part<T>> parts = new ArrayList<>(records.nextOffsets().size());
    int before = reading.size();
    records.nextOffsets().forEach((partition, next) -> parts.add(part(partition, next, records)));
    if (reading.size() < before) {
      consumer.assign(reading.keySet());
    }
    return new FetchedBatch<>(parts);
  }

  private FetchedBatch.Part<T> part(
      TopicPartition partition,
      OffsetAndMetadata next,
      ConsumerRecords<ByteBuffer, ByteBuffer> records) {
    SplitProgress<T> progress = reading.get(partition);
    OptionalLong lag = consumer.currentLag(partition);
    if (lag.isPresent()) {
      progress.endSeen(next.offset() + lag.getAsLong());
    }
    if (next.offset() >= progress.start().stopOffset()) {
      reading.remove(partition);
    }
    return new FetchedBatch.Part<>(
        progress, records.records(partition), next.offset(), next.leaderEpoch());
  }

  private WeirException outOfRange(OffsetOutOfRangeException e) {
    Map.Entry<TopicPartition, Long> first =
        e.offsetOutOfRangePartitions().entrySet().iterator().next();
    TopicPartition partition = first.getKey();
    try {
      List<TopicPartition> one = List.of(partition);
      return OutOfRange.error(
          partition,
          first.getValue(),
          consumer.beginningOffsets(one, CALL_TIMEOUT).get(partition),
          consumer.endOffsets(one, CALL_TIMEOUT).get(partition));
    } catch (KafkaException unknown) {
      unknown.addSuppressed(e);
      return ClientFailures.of(unknown, "find the offsets of " + partition, servers);
    }
  }

  private static OffsetAndMetadata positionOf(KafkaSplit split) {
    Optional<Integer> epoch =
        split.leaderEpoch().isPresent()
            ? Optional.of(split.leaderEpoch().getAsInt())
            : Optional.empty();
    return new OffsetAndMetadata(split.offset(), epoch, "");
  }
}
