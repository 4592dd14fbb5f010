package dev.weir.benchmarks.weir;

import dev.weir.benchmarks.work.Click;
import dev.weir.benchmarks.work.ClickJson;
import dev.weir.benchmarks.work.ClickPlan;
import dev.weir.benchmarks.work.ClientSettings;
import dev.weir.benchmarks.work.EngineArguments;
import dev.weir.benchmarks.work.EngineOnly;
import dev.weir.benchmarks.work.PassThrough;
import dev.weir.benchmarks.work.Tally;
import dev.weir.benchmarks.work.WindowCounts;
import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.connectors.kafka.source.KafkaRecordDecoder;
import dev.weir.connectors.kafka.source.KafkaSource;
import dev.weir.connectors.kafka.source.KafkaSourceBuilder;
import dev.weir.function.Aggregates;
import dev.weir.pipeline.Pipeline;
import dev.weir.serde.TypeSerializers;
import dev.weir.time.Watermarks;
import dev.weir.time.Windows;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The workloads as a user of Weir would write them. */
final class Pipelines {
  private Pipelines() {}

  static Pipeline clickCount(EngineArguments arguments) {
    Pipeline pipeline = Pipeline.named(arguments.id());
    pipeline
        .source(
            "clicks",
            source(arguments, record -> click(record.value()))
                .watermarks(
                    Watermarks.<Click>boundedOutOfOrderness(
                            Duration.ofMillis(ClickPlan.LATENESS_MILLIS))
                        .timestamps(Click::time))
                .build())
        .keyBy(Click::page)
        .window(Windows.tumbling(Duration.ofMillis(ClickPlan.WINDOW_MILLIS)))
        .aggregate(
            "count",
            Aggregates.counting(),
            (page, window, count) -> ClickJson.count(window.start(), page, count))
        .sink("counts", sink(arguments));
    return pipeline;
  }

  private static Click click(ByteBuffer json) {
    int from = json.arrayOffset() + json.position();
    return ClickJson.parse(json.array(), from, from + json.remaining());
  }

  static Pipeline passThrough(EngineArguments arguments) {
    Pipeline pipeline = Pipeline.named(arguments.id());
    pipeline
        .source(
            "in",
            source(arguments, KafkaRecordDecoder.ofValue(new ByteArrayDeserializer())).build())
        .map(PassThrough::map)
        .sink("out", sink(arguments));
    return pipeline;
  }

  static Pipeline bigState(EngineArguments arguments) {
    Pipeline pipeline = Pipeline.named(arguments.id());
    pipeline
        .source(
            "updates",
            source(arguments, record -> new Update(record.key().getLong(), bytes(record.value())))
                .build())
        .keyBy(Update::key, TypeSerializers.of(Long.class))
        .process("total", new Totals())
        .sink("totals", sink(arguments));
    return pipeline;
  }

  /** One update of W3. */
  record Update(Long key, byte[] value) {}

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  static Pipeline engineOnly(EngineArguments arguments) {
    Pipeline pipeline = Pipeline.named(arguments.id());
    pipeline
        .source(
            "numbers", new Numbers(arguments.count(), arguments.parallelism(), Optional.empty()))
        .keyBy(EngineOnly::key, TypeSerializers.of(Long.class))
        .process("sum", new Sums())
        .sink("tally", new Tallied<>(Tally.EACH_64TH, Long::longValue));
    return pipeline;
  }

  static Pipeline keyedSum(EngineArguments arguments) {
    long keys = arguments.keys();
    Pipeline pipeline = Pipeline.named(arguments.id());
    pipeline
        .source(
            "numbers", new Numbers(arguments.count(), arguments.parallelism(), Optional.empty()))
        .keyBy(number -> EngineOnly.key(number, keys), TypeSerializers.of(Long.class))
        .process("sum", new KeyedSums())
        .sink("tally", new Tallied<>(Tally.EACH_64TH, Long::longValue));
    return pipeline;
  }

  static Pipeline windowedCount(EngineArguments arguments) {
    long keys = arguments.keys();
    Watermarks<Long> watermarks =
        Watermarks.<Long>boundedOutOfOrderness(Duration.ZERO).timestamps(Long::longValue);
    Pipeline pipeline = Pipeline.named(arguments.id());
    pipeline
        .source(
            "numbers",
            new Numbers(arguments.count(), arguments.parallelism(), Optional.of(watermarks)))
        .keyBy(number -> WindowCounts.key(number, keys), TypeSerializers.of(Long.class))
        .window(Windows.tumbling(Duration.ofMillis(WindowCounts.windowMillis(keys))))
        .aggregate(
            "count",
            Aggregates.counting(),
            (key, window, count) -> new WindowCount(key, window.start(), count))
        .sink("tally", new Tallied<>(1, WindowCount::word));
    return pipeline;
  }

  /** W9's result. */
  record WindowCount(long key, long start, long count) {
    long word() {
      return WindowCounts.word(key, start, count);
    }
  }

  private static <T> KafkaSourceBuilder<T> source(
      EngineArguments arguments, KafkaRecordDecoder<T> decoder) {
    return KafkaSource.<T>builder()
        .bootstrapServers(arguments.bootstrap())
        .topics(arguments.in())
        .groupId(arguments.id())
        .properties(ClientSettings.consumer())
        .decoder(decoder);
  }

  private static KafkaSink<byte[]> sink(EngineArguments arguments) {
    return KafkaSink.<byte[]>builder()
        .bootstrapServers(arguments.bootstrap())
        .topic(arguments.out())
        .properties(ClientSettings.producer())
        .value(new ByteArraySerializer())
        .build();
  }
}
