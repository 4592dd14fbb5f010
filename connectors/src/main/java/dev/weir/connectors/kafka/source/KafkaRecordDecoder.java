package dev.weir.connectors.kafka.source;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Makes a value of a whole Kafka record: key, value, headers, timestamp, offset. Called on task
 * threads, by several at a time unless each reader has one of its own.
 *
 * @param <T> type of the values
 */
@FunctionalInterface
public interface KafkaRecordDecoder<T> {
  /**
   * @param record the record; its buffers are heap buffers that may be kept but not changed
   * @return the value; null leaves the record out
   * @throws Exception if the record cannot be read; ends the attempt with an error that names the
   *     record
   */
  T decode(ConsumerRecord<ByteBuffer, ByteBuffer> record) throws Exception;

  /**
   * The same, but a record that it cannot read becomes what this makes of it and does not end the
   * attempt. So it can be told apart in the pipeline and written to a topic of its own, in the same
   * transaction as everything else.
   *
   * @param fallback makes a value of such a record
   * @return a decoder that asks the fallback where this one throws an exception
   */
  default KafkaRecordDecoder<T> otherwise(Fallback<T> fallback) {
    Objects.requireNonNull(fallback, "fallback");
    return record -> {
      try {
        return decode(record);
      } catch (Exception unreadable) {
        return fallback.decode(record, unreadable);
      }
    };
  }

  /**
   * @param deserializer reads the value
   * @param <T> type of the values
   * @return a decoder that takes the record's value alone; a record without one is left out
   */
  static <T> KafkaRecordDecoder<T> ofValue(Deserializer<T> deserializer) {
    return record ->
        record.value() == null
            ? null
            : deserializer.deserialize(record.topic(), record.headers(), record.value());
  }

  /**
   * @param keys reads the key
   * @param values reads the value
   * @param combiner makes one of both
   * @param <K> type of the keys
   * @param <V> type of the record's values
   * @param <T> type of the values
   * @return a decoder that takes key and value; either is null where the record has none
   */
  static <K, V, T> KafkaRecordDecoder<T> ofKeyAndValue(
      Deserializer<K> keys, Deserializer<V> values, Combiner<K, V, T> combiner) {
    return record ->
        combiner.combine(
            record.key() == null
                ? null
                : keys.deserialize(record.topic(), record.headers(), record.key()),
            record.value() == null
                ? null
                : values.deserialize(record.topic(), record.headers(), record.value()));
  }

  /**
   * Makes one value of a record's key and value.
   *
   * @param <K> type of the keys
   * @param <V> type of the record's values
   * @param <T> type of the values
   */
  @FunctionalInterface
  interface Combiner<K, V, T> {
    /**
     * @param key the key, or null
     * @param value the value, or null
     * @return one of both; null leaves the record out
     */
    T combine(K key, V value);
  }

  /**
   * Makes a value of a record that cannot be read.
   *
   * @param <T> type of the values
   */
  @FunctionalInterface
  interface Fallback<T> {
    /**
     * @param record the record; its buffers are heap buffers that may be kept but not changed
     * @param failure why it cannot be read
     * @return the value; null leaves the record out
     * @throws Exception if nothing can be made of it either; ends the attempt with an error that
     *     names the record
     */
    T decode(ConsumerRecord<ByteBuffer, ByteBuffer> record, Exception failure) throws Exception;
  }
}
