package dev.weir.testing.suite.job;

import dev.weir.connectors.kafka.source.KafkaRecordDecoder;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A record of the input: its number within its key, from 1.
 *
 * @param key Kafka's key
 * @param number Kafka's value, as text
 */
public record Numbered(String key, long number) {
  static KafkaRecordDecoder<Numbered> decoder() {
    return KafkaRecordDecoder.ofKeyAndValue(
        new StringDeserializer(),
        new StringDeserializer(),
        (key, value) -> new Numbered(key, Long.parseLong(value)));
  }
}
