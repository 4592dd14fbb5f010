package dev.weir.cli;

import dev.weir.function.Aggregates;
import dev.weir.pipeline.Pipeline;
import dev.weir.time.Windows;
import java.time.Duration;
import java.util.function.Supplier;

/** Versions of a pipeline, as a user would have them compared. */
public final class Pipelines implements Supplier<Pipeline> {
  /** What is deployed. */
  @Override
  public Pipeline get() {
    return counts("count", Duration.ofSeconds(10));
  }

  /** With windows of another size. */
  public static Pipeline otherWindows() {
    return counts("count", Duration.ofSeconds(20));
  }

  /** With its stage under another name, which it does not tell. */
  public static Pipeline otherName() {
    return counts("counts", Duration.ofSeconds(10));
  }

  /** With its stage under another name, which it tells. */
  public static Pipeline renamed() {
    Pipeline pipeline = Pipeline.named("numbers");
    pipeline
        .source("numbers", new Numbers())
        .keyBy(number -> "k" + number % 2)
        .window(Windows.tumbling(Duration.ofSeconds(10)))
        .aggregate("counts", Aggregates.counting(), (key, window, count) -> key + count)
        .renamedFrom("count")
        .sink("nowhere", new Numbers.Nowhere());
    return pipeline;
  }

  /** Cannot be made. */
  public static Pipeline broken() {
    throw new IllegalStateException("no broker is named");
  }

  private static Pipeline counts(String name, Duration size) {
    Pipeline pipeline = Pipeline.named("numbers");
    pipeline
        .source("numbers", new Numbers())
        .keyBy(number -> "k" + number % 2)
        .window(Windows.tumbling(size))
        .aggregate(name, Aggregates.counting(), (key, window, count) -> key + count)
        .sink("nowhere", new Numbers.Nowhere());
    return pipeline;
  }
}
