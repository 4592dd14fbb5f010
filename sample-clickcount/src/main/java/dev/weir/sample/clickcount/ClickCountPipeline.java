package dev.weir.sample.clickcount;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connectors.json.Json;
import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.connectors.kafka.source.KafkaSource;
import dev.weir.function.Aggregates;
import dev.weir.pipeline.Pipeline;
import dev.weir.time.Watermarks;
import dev.weir.time.Windows;
import java.util.Map;

/** Clicks in, counts per page and window out. */
public final class ClickCountPipeline {
  /** Name of the stage that reads clicks. */
  public static final String SOURCE = "clicks";

  private ClickCountPipeline() {}

  /**
   * Describes the job; nothing is connected yet.
   *
   * @param settings what it is connected to
   * @return the pipeline
   * @throws dev.weir.error.InvalidConfigException if a setting of Kafka's clients is unknown or
   *     Weir's own
   */
  public static Pipeline of(JobSettings settings) {
    Pipeline pipeline = Pipeline.named(settings.name());

    pipeline
        .source(SOURCE, clicks(settings))
        .keyBy(ClickEvent::page)
        .window(Windows.tumbling(Clicks.WINDOW))
        .aggregate("count", Aggregates.counting(), PageCount::of)
        .sink("counts", counts(settings));

    return pipeline;
  }

  /**
   * Describes the job with the usual names, for {@code ./weir diff}; nothing is connected.
   *
   * @return the pipeline
   */
  public static Pipeline pipeline() {
    return of(
        new JobSettings(
            "clickcount",
            "localhost:9092",
            "clicks",
            "counts",
            DeliveryGuarantee.EXACTLY_ONCE,
            Map.of(),
            Map.of()));
  }

  /**
   * There is no idleness here: every partition gets clicks, and one whose clicks are only late to
   * arrive must hold the windows open, however long that takes.
   */
  private static KafkaSource<ClickEvent> clicks(JobSettings settings) {
    return KafkaSource.<ClickEvent>builder()
        .bootstrapServers(settings.bootstrapServers())
        .topics(settings.input())
        .value(Json.of(ClickEvent.class))
        .watermarks(
            Watermarks.<ClickEvent>boundedOutOfOrderness(Clicks.OUT_OF_ORDERNESS)
                .timestamps(ClickEvent::timestamp))
        .properties(settings.sourceProperties())
        .build();
  }

  private static KafkaSink<PageCount> counts(JobSettings settings) {
    return KafkaSink.<PageCount>builder()
        .bootstrapServers(settings.bootstrapServers())
        .topic(settings.output())
        .value(Json.of(PageCount.class))
        .guarantee(settings.guarantee())
        .properties(settings.sinkProperties())
        .build();
  }
}
