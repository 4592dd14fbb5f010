package dev.weir.benchmarks.flink;

import dev.weir.benchmarks.work.ClickPlan;
import dev.weir.benchmarks.work.ClientSettings;
import dev.weir.benchmarks.work.EngineArguments;
import dev.weir.benchmarks.work.EngineOnly;
import dev.weir.benchmarks.work.PassThrough;
import dev.weir.benchmarks.work.Tally;
import dev.weir.benchmarks.work.WindowCounts;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The workloads as Flink jobs. */
final class Jobs {
  static final TypeInformation<byte[]> BYTES =
      PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

  private Jobs() {}

  static void describe(StreamExecutionEnvironment environment, EngineArguments arguments) {
    switch (arguments.workload()) {
      case "W1" -> clickCount(environment, arguments);
      case "W3" -> bigState(environment, arguments);
      case "W6" -> engineOnly(environment, arguments);
      case "W8" -> keyedSum(environment, arguments);
      case "W9" -> windowedCount(environment, arguments);
      default ->
          environment
              .fromSource(
                  source(arguments, new Schemas.Values()), WatermarkStrategy.noWatermarks(), "in")
              .map(PassThrough::map)
              .returns(BYTES)
              .sinkTo(sink(arguments));
    }
  }

  private static void clickCount(
      StreamExecutionEnvironment environment, EngineArguments arguments) {
    WatermarkStrategy<Tuple2<String, Long>> watermarks =
        WatermarkStrategy.<Tuple2<String, Long>>forBoundedOutOfOrderness(
                Duration.ofMillis(ClickPlan.LATENESS_MILLIS))
            .withTimestampAssigner((click, kafkaTime) -> click.f1);
    environment
        .fromSource(source(arguments, new Schemas.Clicks()), watermarks, "in")
        .keyBy(click -> click.f0, Types.STRING)
        .window(TumblingEventTimeWindows.of(Duration.ofMillis(ClickPlan.WINDOW_MILLIS)))
        .aggregate(
            new WindowFunctions.Count<>(),
            new WindowFunctions.Emit(),
            Types.LONG,
            Types.LONG,
            BYTES)
        .sinkTo(sink(arguments));
  }

  private static void bigState(StreamExecutionEnvironment environment, EngineArguments arguments) {
    environment
        .fromSource(
            source(arguments, new Schemas.Updates()), WatermarkStrategy.noWatermarks(), "in")
        .keyBy(update -> update.f0, Types.LONG)
        .process(new Functions.Total(), BYTES)
        .sinkTo(sink(arguments));
  }

  private static void engineOnly(
      StreamExecutionEnvironment environment, EngineArguments arguments) {
    environment
        .fromSequence(0, arguments.count() - 1)
        .keyBy(EngineOnly::key, Types.LONG)
        .process(new Functions.Sum(), Types.LONG)
        .sinkTo(new DiscardingSink<>());
  }

  private static void keyedSum(StreamExecutionEnvironment environment, EngineArguments arguments) {
    long keys = arguments.keys();
    environment
        .fromSequence(0, arguments.count() - 1)
        .keyBy(number -> EngineOnly.key(number, keys), Types.LONG)
        .process(new Functions.KeyedSums(), Types.LONG)
        .sinkTo(new Tallied<>(Tally.EACH_64TH, word -> word));
  }

  /** Flink deals its sequence in halves, and asks its tasks for watermarks each 200 ms. */
  private static void windowedCount(
      StreamExecutionEnvironment environment, EngineArguments arguments) {
    long keys = arguments.keys();
    long count = arguments.count();
    int tasks = arguments.parallelism();
    WatermarkStrategy<Long> watermarks =
        WatermarkStrategy.<Long>forMonotonousTimestamps()
            .withTimestampAssigner((place, none) -> EngineOnly.dealt(place, count, tasks));
    environment
        .fromSource(new NumberSequenceSource(0, count - 1), watermarks, "numbers")
        .keyBy(place -> WindowCounts.key(EngineOnly.dealt(place, count, tasks), keys), Types.LONG)
        .window(TumblingEventTimeWindows.of(Duration.ofMillis(WindowCounts.windowMillis(keys))))
        .aggregate(
            new WindowFunctions.Count<Long>(),
            new WindowFunctions.EmitTuple(),
            Types.LONG,
            Types.LONG,
            Types.TUPLE(Types.LONG, Types.LONG, Types.LONG))
        .sinkTo(new Tallied<>(1, result -> WindowCounts.word(result.f0, result.f1, result.f2)));
  }

  private static <T> KafkaSource<T> source(
      EngineArguments arguments, KafkaRecordDeserializationSchema<T> schema) {
    Properties settings = new Properties();
    settings.putAll(ClientSettings.consumer(arguments));
    return KafkaSource.<T>builder()
        .setTopics(arguments.in())
        .setProperties(settings)
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(schema)
        .build();
  }

  private static KafkaSink<byte[]> sink(EngineArguments arguments) {
    Properties settings = new Properties();
    settings.putAll(ClientSettings.producer(arguments));
    settings.put("transaction.timeout.ms", "300000");
    String topic = arguments.out();
    return KafkaSink.<byte[]>builder()
        .setBootstrapServers(arguments.bootstrap())
        .setKafkaProducerConfig(settings)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(arguments.id())
        .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
        .setRecordSerializer(
            (KafkaRecordSerializationSchema<byte[]>)
                (value, context, time) -> new ProducerRecord<>(topic, value))
        .build();
  }
}
