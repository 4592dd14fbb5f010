package dev.weir.benchmarks.jet;

import com.hazelcast.function.FunctionEx;
import com.hazelcast.function.ToLongFunctionEx;
import com.hazelcast.jet.accumulator.LongAccumulator;
import com.hazelcast.jet.aggregate.AggregateOperations;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.jet.datamodel.KeyedWindowResult;
import com.hazelcast.jet.kafka.KafkaSinks;
import com.hazelcast.jet.kafka.KafkaSources;
import com.hazelcast.jet.pipeline.BatchSource;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.Sources;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.jet.pipeline.WindowDefinition;
import dev.weir.benchmarks.work.BigState;
import dev.weir.benchmarks.work.Click;
import dev.weir.benchmarks.work.ClickJson;
import dev.weir.benchmarks.work.ClickPlan;
import dev.weir.benchmarks.work.ClientSettings;
import dev.weir.benchmarks.work.EngineArguments;
import dev.weir.benchmarks.work.EngineOnly;
import dev.weir.benchmarks.work.KeyedSum;
import dev.weir.benchmarks.work.Marks;
import dev.weir.benchmarks.work.PassThrough;
import dev.weir.benchmarks.work.Tally;
import dev.weir.benchmarks.work.WindowCounts;
import dev.weir.benchmarks.work.Words;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The workloads as Jet pipelines. */
final class Pipelines {
  private Pipelines() {}

  static Pipeline of(EngineArguments arguments) {
    Pipeline pipeline = Pipeline.create();
    switch (arguments.workload()) {
      case "W1" -> clickCount(pipeline, arguments);
      case "W3" -> bigState(pipeline, arguments);
      case "W6" -> engineOnly(pipeline, arguments);
      case "W8" -> keyedSum(pipeline, arguments);
      case "W9" -> windowedCount(pipeline, arguments);
      default ->
          pipeline
              .readFrom(source(arguments, record -> PassThrough.map(record.value())))
              .withoutTimestamps()
              .writeTo(sink(arguments));
    }
    return pipeline;
  }

  private static void clickCount(Pipeline pipeline, EngineArguments arguments) {
    pipeline
        .readFrom(source(arguments, record -> ClickJson.parse(record.value())))
        .withTimestamps(Click::time, ClickPlan.LATENESS_MILLIS)
        .groupingKey(Click::page)
        .window(WindowDefinition.tumbling(ClickPlan.WINDOW_MILLIS))
        .aggregate(AggregateOperations.counting())
        .map(window -> ClickJson.count(window.start(), window.key(), window.result()))
        .writeTo(sink(arguments));
  }

  private static void bigState(Pipeline pipeline, EngineArguments arguments) {
    pipeline
        .readFrom(source(arguments, record -> Map.entry(Words.at(record.key(), 0), record.value())))
        .withoutTimestamps()
        .groupingKey(Map.Entry::getKey)
        .<byte[], byte[]>mapStateful(
            BigState::none,
            (total, key, update) -> {
              BigState.update(total, update.getValue());
              return BigState.isSampled(key) ? BigState.total(key, total) : null;
            })
        .writeTo(sink(arguments));
  }

  private static void engineOnly(Pipeline pipeline, EngineArguments arguments) {
    pipeline
        .readFrom(numbers(arguments))
        .groupingKey(EngineOnly::key)
        .<LongAccumulator, Long>mapStateful(
            LongAccumulator::new,
            (sum, key, number) -> {
              Marks.seen();
              sum.add(number);
              return null;
            })
        .setLocalParallelism(arguments.parallelism())
        .writeTo(Sinks.noop());
  }

  private static void keyedSum(Pipeline pipeline, EngineArguments arguments) {
    long keys = arguments.keys();
    pipeline
        .readFrom(numbers(arguments))
        .groupingKey(number -> EngineOnly.key(number, keys))
        .<byte[], Long>mapStateful(KeyedSum::none, (sum, key, number) -> KeyedSum.update(sum, key))
        .setLocalParallelism(arguments.parallelism())
        .writeTo(tallied(arguments, Tally.EACH_64TH, word -> word));
  }

  private static void windowedCount(Pipeline pipeline, EngineArguments arguments) {
    long keys = arguments.keys();
    pipeline
        .readFrom(numbers(arguments))
        .addTimestamps(number -> number, 0)
        .groupingKey(number -> WindowCounts.key(number, keys))
        .window(WindowDefinition.tumbling(WindowCounts.windowMillis(keys)))
        .aggregate(AggregateOperations.counting())
        .writeTo(
            Pipelines.<KeyedWindowResult<Long, Long>>tallied(
                arguments, 1, w -> WindowCounts.word(w.key(), w.start(), w.result())));
  }

  private static BatchSource<Long> numbers(EngineArguments arguments) {
    long count = arguments.count();
    return Sources.batchFromProcessor(
        "numbers",
        ProcessorMetaSupplier.of(
            arguments.parallelism(), ProcessorSupplier.of(() -> new Numbers(count))));
  }

  private static <T> Sink<T> tallied(
      EngineArguments arguments, int looks, ToLongFunctionEx<T> words) {
    return Sinks.fromProcessor(
        "tally",
        ProcessorMetaSupplier.of(
            arguments.parallelism(), ProcessorSupplier.of(() -> new Tallied<>(looks, words))));
  }

  private static <T> StreamSource<T> source(
      EngineArguments arguments, FunctionEx<ConsumerRecord<byte[], byte[]>, T> decoder) {
    Properties settings = new Properties();
    settings.putAll(ClientSettings.consumer(arguments));
    settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
    settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
    return KafkaSources.kafka(settings, decoder, arguments.in());
  }

  private static Sink<byte[]> sink(EngineArguments arguments) {
    Properties settings = new Properties();
    settings.putAll(ClientSettings.producer(arguments));
    String timeout = arguments.interval().toSeconds() > 3 ? "300000" : "20000";
    settings.put("transaction.timeout.ms", timeout);
    settings.put("key.serializer", ByteArraySerializer.class.getName());
    settings.put("value.serializer", ByteArraySerializer.class.getName());
    return KafkaSinks.kafka(settings, arguments.out(), value -> (byte[]) null, value -> value);
  }
}
