package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.connectors.kafka.source.KafkaRecordDecoder;
import dev.weir.connectors.kafka.source.KafkaSource;
import dev.weir.connectors.kafka.source.KafkaSourceBuilder;
import dev.weir.connectors.kafka.source.StopOffsets;
import dev.weir.time.Watermarks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Ends of the simulated pipelines. */
final class TestPipelines {
  static final String INPUT = "input";
  static final String OUTPUT = "output";
  static final Duration DISORDER = Duration.ofMillis(50);
  private static final Duration IDLE = Duration.ofMillis(1_000);
  private static final Duration DISCOVERY = Duration.ofMillis(100);

  private static final KafkaRecordDecoder<Numbered> NUMBERED =
      KafkaRecordDecoder.ofKeyAndValue(
          new StringDeserializer(),
          new StringDeserializer(),
          (key, value) -> new Numbered(key, Long.parseLong(value)));

  private TestPipelines() {}

  /** What is read. */
  record Numbered(String key, long number) {}

  /** What is written. */
  record Result(String key, long number, long count) {}

  /** Reads to the stops; without any, for ever. */
  static KafkaSource<Numbered> source(KafkaClients clients, Map<TopicPartition, Long> stops) {
    return builder(INPUT, clients, stops)
        .watermarks(Watermarks.boundedOutOfOrderness(DISORDER))
        .build();
  }

  /** Reads for ever, and looks for new partitions. */
  static KafkaSource<Numbered> growing(KafkaClients clients) {
    return builder(INPUT, clients, Map.of()).discoveryInterval(DISCOVERY).build();
  }

  /** Reads for ever; who shows nothing for a while is not waited for. */
  static KafkaSource<Numbered> idle(KafkaClients clients) {
    return builder(INPUT, clients, Map.of())
        .watermarks(Watermarks.<Numbered>boundedOutOfOrderness(DISORDER).idleAfter(IDLE))
        .build();
  }

  /** Reads to the stops; a record that is no number becomes what this makes of it. */
  static KafkaSource<Numbered> lenient(
      KafkaClients clients,
      Map<TopicPartition, Long> stops,
      KafkaRecordDecoder.Fallback<Numbered> fallback) {
    return builder(INPUT, clients, stops).decoder(NUMBERED.otherwise(fallback)).build();
  }

  /** Reads another topic, without event time. */
  static KafkaSource<Numbered> untimed(
      String topic, KafkaClients clients, Map<TopicPartition, Long> stops) {
    return builder(topic, clients, stops).build();
  }

  private static KafkaSourceBuilder<Numbered> builder(
      String topic, KafkaClients clients, Map<TopicPartition, Long> stops) {
    KafkaSourceBuilder<Numbered> builder =
        KafkaSource.<Numbered>builder()
            .bootstrapServers("simulated:9092")
            .topics(topic)
            .decoder(NUMBERED)
            .withoutDiscovery()
            .clients(clients);
    Map<TopicPartition, Long> ofTopic = new HashMap<>(stops);
    ofTopic.keySet().removeIf(partition -> !partition.topic().equals(topic));
    if (!ofTopic.isEmpty()) {
      builder.bounded(StopOffsets.offsets(ofTopic));
    }
    return builder;
  }

  static KafkaSink<Result> sink(KafkaClients clients) {
    return sink(OUTPUT, clients);
  }

  static KafkaSink<Result> sink(String topic, KafkaClients clients) {
    return KafkaSink.<Result>builder()
        .bootstrapServers("simulated:9092")
        .topic(topic)
        .key(Result::key, new StringSerializer())
        .value((to, r) -> (r.number() + " " + r.count()).getBytes(StandardCharsets.UTF_8))
        .clients(clients)
        .build();
  }
}
