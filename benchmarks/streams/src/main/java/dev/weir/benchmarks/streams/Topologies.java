package dev.weir.benchmarks.streams;

import dev.weir.benchmarks.work.Click;
import dev.weir.benchmarks.work.ClickJson;
import dev.weir.benchmarks.work.ClickPlan;
import dev.weir.benchmarks.work.EngineArguments;
import dev.weir.benchmarks.work.PassThrough;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The workloads as topologies. */
final class Topologies {
  private Topologies() {}

  static StreamsBuilder of(EngineArguments arguments) {
    StreamsBuilder builder = new StreamsBuilder();
    switch (arguments.workload()) {
      case "W1" -> clickCount(builder, arguments);
      case "W3" -> bigState(builder, arguments);
      default ->
          builder.stream(arguments.in(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
              .mapValues(PassThrough::map)
              .to(arguments.out(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    }
    return builder;
  }

  /** Emits updates, thinned by the record cache (its default): the last one of a key counts. */
  private static void clickCount(StreamsBuilder builder, EngineArguments arguments) {
    Serde<Click> clicks =
        Serdes.serdeFrom(
            (topic, click) -> {
              throw new UnsupportedOperationException("Clicks are only read.");
            },
            (topic, json) -> ClickJson.parse(json));
    builder.stream(
            arguments.in(),
            Consumed.with(Serdes.ByteArray(), clicks)
                .withTimestampExtractor((record, before) -> ((Click) record.value()).time()))
        .map((key, click) -> KeyValue.pair(click.page(), new byte[0]))
        .groupByKey(Grouped.with("by-page", Serdes.String(), Serdes.ByteArray()))
        .windowedBy(
            TimeWindows.ofSizeAndGrace(
                Duration.ofMillis(ClickPlan.WINDOW_MILLIS), Duration.ofHours(24)))
        .count(Materialized.as("counts"))
        .toStream()
        .map(
            (window, count) ->
                KeyValue.pair(
                    window.key(), ClickJson.count(window.window().start(), window.key(), count)))
        .to(arguments.out(), Produced.with(Serdes.String(), Serdes.ByteArray()));
  }

  private static void bigState(StreamsBuilder builder, EngineArguments arguments) {
    StoreBuilder<KeyValueStore<Long, byte[]>> store =
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(Totals.STORE), Serdes.Long(), Serdes.ByteArray());
    builder.addStateStore(store.withCachingEnabled());
    builder.stream(arguments.in(), Consumed.with(Serdes.Long(), Serdes.ByteArray()))
        .process(Totals::new, Totals.STORE)
        .to(arguments.out(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
  }
}
