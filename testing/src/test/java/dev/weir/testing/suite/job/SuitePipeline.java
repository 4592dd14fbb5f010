package dev.weir.testing.suite.job;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.connectors.kafka.sink.KafkaSinkBuilder;
import dev.weir.connectors.kafka.source.KafkaSource;
import dev.weir.connectors.kafka.source.KafkaSourceBuilder;
import dev.weir.connectors.kafka.source.StopOffsets;
import dev.weir.function.AggregateFunction;
import dev.weir.function.Aggregates;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.KeyedStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.time.Watermarks;
import dev.weir.time.Windows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** The suites' pipelines: topic, keyed state, topic; exactly once. */
public final class SuitePipeline {
  /** The name of the pipeline that counts records. */
  public static final String COUNTS = "counts";

  /** The name of the pipeline that counts windows. */
  public static final String WINDOWS = "windows";

  /** The same windows, counted by another function. */
  public static final String WINDOWS_SUMMED = "windows-summed";

  /** Windows of twice the size. */
  public static final String WINDOWS_LONGER = "windows-longer";

  /** The windows, and a stage of its own state behind them, which hands on what it has not seen. */
  public static final String WINDOWS_AND_MORE = "windows-and-more";

  /** The name of the pipeline that writes what it reads, unchanged. */
  public static final String RELAY = "relay";

  /** The name of the stage behind the windows. */
  public static final String MORE = "more";

  /** The exit code of a process that a user's function ends. */
  public static final int EXIT = 7;

  /** The size of a window. */
  public static final Duration WINDOW = Duration.ofSeconds(1);

  /** How far out of order the records of a partition may be. */
  public static final Duration DISORDER = Duration.ofMillis(50);

  private SuitePipeline() {}

  /** The pipeline that the settings ask for, through these clients. */
  public static Pipeline of(Settings settings, KafkaClients clients) {
    Pipeline pipeline = Pipeline.named(settings.text(Setting.NAME));
    DataStream<Numbered> records =
        exiting(settings, pipeline.source("records", source(settings, clients)));
    if (settings.text(Setting.PIPELINE).equals(RELAY)) {
      records.sink(
          "results", sink(settings, clients, Numbered::key, each -> Long.toString(each.number())));
      return pipeline;
    }
    KeyedStream<String, Numbered> keyed = records.keyBy(Numbered::key);
    DataStream<Result> results =
        switch (settings.text(Setting.PIPELINE)) {
          case COUNTS -> keyed.process("count", new RunningCount());
          case WINDOWS -> windows(keyed, WINDOW, Aggregates.counting());
          case WINDOWS_SUMMED -> windows(keyed, WINDOW, Aggregates.summingLong(record -> 1));
          case WINDOWS_LONGER -> windows(keyed, WINDOW.multipliedBy(2), Aggregates.counting());
          case WINDOWS_AND_MORE ->
              windows(keyed, WINDOW, Aggregates.counting())
                  .keyBy(Result::key)
                  .process(MORE, new NewWindows());
          default -> throw new IllegalStateException("unknown " + Setting.PIPELINE);
        };
    results.sink("results", sink(settings, clients, Result::key, Result::value));
    return pipeline;
  }

  private static DataStream<Numbered> exiting(Settings settings, DataStream<Numbered> records) {
    if (settings.optional(Setting.EXITS).isEmpty()) {
      return records;
    }
    AtomicInteger left = new AtomicInteger(settings.number(Setting.EXITS));
    return records.map(
        record -> {
          if (left.decrementAndGet() == 0) {
            System.exit(EXIT);
          }
          return record;
        });
  }

  private static DataStream<Result> windows(
      KeyedStream<String, Numbered> keyed,
      Duration size,
      AggregateFunction<? super Numbered, ?, Long> function) {
    return keyed
        .window(Windows.tumbling(size))
        .aggregate(
            "count", function, (key, window, count) -> new Result(key, window.start(), count));
  }

  private static KafkaSource<Numbered> source(Settings settings, KafkaClients clients) {
    KafkaSourceBuilder<Numbered> builder =
        KafkaSource.<Numbered>builder()
            .bootstrapServers(settings.text(Setting.SERVERS))
            .topics(settings.text(Setting.INPUT))
            .decoder(Numbered.decoder())
            .watermarks(Watermarks.boundedOutOfOrderness(DISORDER))
            .withoutDiscovery()
            .clients(clients);
    settings
        .optional(Setting.DISCOVERY)
        .ifPresent(millis -> builder.discoveryInterval(Duration.ofMillis(Long.parseLong(millis))));
    ofClients(settings).forEach(builder::property);
    settings
        .numbers(Setting.STOPS)
        .ifPresent(stops -> builder.bounded(stopsOf(settings.text(Setting.INPUT), stops)));
    return builder.build();
  }

  static StopOffsets stopsOf(String topic, List<Long> stops) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (int i = 0; i < stops.size(); i++) {
      offsets.put(new TopicPartition(topic, i), stops.get(i));
    }
    return StopOffsets.offsets(offsets);
  }

  private static <T> KafkaSink<T> sink(
      Settings settings, KafkaClients clients, Function<T, String> key, Function<T, String> value) {
    KafkaSinkBuilder<T> builder =
        KafkaSink.<T>builder()
            .bootstrapServers(settings.text(Setting.SERVERS))
            .topic(settings.text(Setting.OUTPUT))
            .key(key, new StringSerializer())
            .value((topic, each) -> value.apply(each).getBytes(StandardCharsets.UTF_8))
            .clients(clients);
    settings
        .optional(Setting.TRANSACTION_TIMEOUT)
        .ifPresent(millis -> builder.property("transaction.timeout.ms", millis));
    ofClients(settings).forEach(builder::property);
    return builder.build();
  }

  private static Map<String, String> ofClients(Settings settings) {
    Map<String, String> properties = new HashMap<>();
    settings
        .optional(Setting.REQUEST_TIMEOUT)
        .ifPresent(millis -> properties.put("request.timeout.ms", millis));
    settings
        .optional(Setting.AUTHORITY)
        .ifPresent(
            file -> {
              properties.put("security.protocol", "SSL");
              properties.put("ssl.truststore.type", "PEM");
              properties.put("ssl.truststore.location", file);
            });
    if (settings.optional(Setting.USER).isPresent()) {
      properties.put("security.protocol", "SASL_PLAINTEXT");
      properties.put("sasl.mechanism", "SCRAM-SHA-256");
      properties.put(
          "sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
              .formatted(settings.text(Setting.USER), settings.text(Setting.PASSWORD)));
    }
    return properties;
  }
}
