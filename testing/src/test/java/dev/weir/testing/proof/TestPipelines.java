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
  private static final Duration DISCOVERY = Duration.ofMillis(100);

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
            .decoder(
                KafkaRecordDecoder.ofKeyAndValue(
                    new StringDeserializer(),
                    new StringDeserializer(),
                    (key, value) -> new Numbered(key, Long.parseLong(value))))
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
    return KafkaSink.<Result>builder()
        .bootstrapServers("simulated:9092")
        .topic(OUTPUT)
        .key(Result::key, new StringSerializer())
        .value((topic, r) -> (r.number() + " " + r.count()).getBytes(StandardCharsets.UTF_8))
        .clients(clients)
        .build();
  }
}
