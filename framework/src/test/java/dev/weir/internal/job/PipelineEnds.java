package dev.weir.internal.job;

import dev.weir.connector.Sink;
import dev.weir.connector.Source;
import dev.weir.time.Watermarks;
import java.time.Duration;

/** Sources without records and sinks that keep them, for pipelines that are only planned. */
public final class PipelineEnds {
  private PipelineEnds() {}

  /** A source that gives nothing. */
  public static <T> Source<T> source(boolean hasWatermarks) {
    ListSource<T> source =
        new ListSource<>(
            1,
            0,
            true,
            (split, n) -> {
              throw new IllegalStateException("there are no records");
            });
    return hasWatermarks
        ? source.withWatermarks(
            x -> Watermarks.<T>boundedOutOfOrderness(Duration.ZERO).timestamps(value -> 0))
        : source;
  }

  /** A sink. */
  public static <T> Sink<T> sink() {
    return new MemoryTopic<>();
  }
}
