package dev.weir.connectors.kafka.sink;

import dev.weir.error.ConnectorException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes Kafka records of values. Immutable.
 *
 * @param topic chooses the topic
 * @param key serializes the key, for this topic; gives null for none
 * @param value serializes the value
 * @param headers adds headers
 * @param timestamp chooses the timestamp instead of the event time
 * @param partitioner chooses the partition instead of Kafka's partitioner
 */
record RecordFactory<T>(
    Function<? super T, String> topic,
    Optional<KeySerializer<T>> key,
    Serializer<T> value,
    Optional<BiConsumer<? super T, Headers>> headers,
    Optional<ToLongFunction<? super T>> timestamp,
    Optional<KafkaPartitioner<? super T>> partitioner) {
  /** Makes the bytes of a value's key. */
  @FunctionalInterface
  interface KeySerializer<T> {
    byte[] serialize(String topic, Headers headers, T value);
  }

  /** The record, its partition still open. */
  ProducerRecord<byte[], byte[]> record(T of, long eventTime) {
    String name = topic.apply(of);
    try {
      return serialized(of, name, eventTime);
    } catch (RuntimeException e) {
      throw new ConnectorException(
          "Tried to serialize a "
              + of.getClass().getName()
              + " for topic '"
              + name
              + "', found: "
              + e
              + ". Correct the serializer, or filter such records out before the sink.",
          e);
    }
  }

  /** The record with its partition, if that is not Kafka's to choose. */
  ProducerRecord<byte[], byte[]> placed(
      ProducerRecord<byte[], byte[]> record, T of, TopicDirectory topics) {
    if (partitioner.isEmpty()) {
      return record;
    }
    int partitions = topics.partitions(record.topic());
    int partition = partitioner.get().partition(of, record.key(), partitions);
    if (partition < 0 || partition >= partitions) {
      throw new ConnectorException(
          "The sink's partitioner chose partition "
              + partition
              + " of topic '"
              + record.topic()
              + "', which has "
              + partitions
              + ". Choose one from 0 to "
              + (partitions - 1)
              + ".");
    }
    return new ProducerRecord<>(
        record.topic(),
        partition,
        record.timestamp(),
        record.key(),
        record.value(),
        record.headers());
  }

  private ProducerRecord<byte[], byte[]> serialized(T of, String name, long eventTime) {
    Headers added = new RecordHeaders();
    headers.ifPresent(adder -> adder.accept(of, added));
    byte[] keyBytes = key.isPresent() ? key.get().serialize(name, added, of) : null;
    byte[] valueBytes = value.serialize(name, added, of);
    long time = timestamp.isPresent() ? timestamp.get().applyAsLong(of) : eventTime;
    // Kafka knows no time before 1970; such records get the time at which they are sent.
    Long recordTime = time < 0 ? null : time;
    Headers kept = added.iterator().hasNext() ? added : null; // Else Kafka would copy none.
    return new ProducerRecord<>(name, null, recordTime, keyBytes, valueBytes, kept);
  }
}
