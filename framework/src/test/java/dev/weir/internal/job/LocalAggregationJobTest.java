package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.function.Aggregates;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.RestartStrategy;
import dev.weir.pipeline.Pipeline;
import dev.weir.time.Watermarks;
import dev.weir.time.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows are the same, whether records share keys, so that they are aggregated ahead, or not. */
@Timeout(60)
class LocalAggregationJobTest {
  private static final long PER_SPLIT = 20_000;
  private static final int SPLITS = 3;
  private static final long WINDOW_MILLIS = 10_000;

  @TempDir Path folder;
  private final MemoryTopic<String> output = new MemoryTopic<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 5_000, PER_SPLIT})
  void shouldCountEachRecordOnce(long keys) throws Exception {
    JobConfig config =
        JobConfig.builder()
            .parallelism(2)
            .checkpointInterval(Duration.ofMillis(5))
            .checkpointStorage(folder.resolve("checkpoints"))
            .restartStrategy(RestartStrategy.none())
            .build();

    try (Job job = Weir.start(counts(keys), config)) {
      job.await();
    }

    assertThat(output.visible()).containsExactlyInAnyOrderElementsOf(expected(keys));
  }

  private Pipeline counts(long keys) {
    Pipeline pipeline = Pipeline.named("counts");
    pipeline
        .source(
            "numbers",
            new ListSource<Long>(SPLITS, PER_SPLIT, true, (split, n) -> n)
                .withWatermarks(
                    x -> Watermarks.<Long>boundedOutOfOrderness(Duration.ZERO).timestamps(n -> n)))
        .keyBy(n -> n % keys)
        .window(Windows.tumbling(Duration.ofMillis(WINDOW_MILLIS)))
        .aggregate(
            "count",
            Aggregates.counting(),
            (key, window, count) -> text(window.start(), key, count))
        .sink("counts", output);
    return pipeline;
  }

  private static List<String> expected(long keys) {
    return LongStream.range(0, PER_SPLIT)
        .boxed()
        .collect(
            Collectors.groupingBy(
                n -> List.of(n / WINDOW_MILLIS * WINDOW_MILLIS, n % keys), Collectors.counting()))
        .entrySet()
        .stream()
        .map(e -> text(e.getKey().get(0), e.getKey().get(1), e.getValue() * SPLITS))
        .toList();
  }

  private static String text(long start, long key, long count) {
    return start + " " + key + " " + count;
  }
}
