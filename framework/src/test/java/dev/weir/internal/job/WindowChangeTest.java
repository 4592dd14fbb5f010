package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.RestoreException;
import dev.weir.function.Aggregates;
import dev.weir.function.WindowResultFunction;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.RestartStrategy;
import dev.weir.job.SavepointDiff;
import dev.weir.job.StateBackend;
import dev.weir.pipeline.Pipeline;
import dev.weir.time.TimeWindow;
import dev.weir.time.TumblingWindows;
import dev.weir.time.Watermarks;
import dev.weir.time.Windows;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows that were open when a job stopped go on only as the windows that they are. */
@Timeout(60)
class WindowChangeTest {
  private static final long RECORDS = 60_000;
  private static final TumblingWindows BEFORE = Windows.tumbling(Duration.ofSeconds(10));

  @TempDir Path folder;
  private final MemoryTopic<String> output = new MemoryTopic<>();

  @Tag("S47")
  @ParameterizedTest
  @CsvSource({
    "HEAP,20000,0,tumbling 20s",
    "HEAP,10000,1,tumbling 10s offset 1ms",
    "ROCKSDB,5000,0,tumbling 5s"
  })
  void shouldRefuseOtherWindowsByNameAndStillStartTheOldOnes(
      StateBackend backend, long sizeMillis, long offsetMillis, String now) throws Exception {
    URI savepoint = savepoint(backend);
    Pipeline other = counts(new TumblingWindows(sizeMillis, offsetMillis), true, "");

    SavepointDiff diff = Weir.diff(other, config(backend), savepoint);

    assertThat(diff.incompatible())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("stage 'count': window was tumbling 10s, is " + now + "; ")
        .contains("Keep the window", "new name", "restore.allow.dropped", "nothing was touched");
    try (Job job = Weir.start(other, config(backend))) {
      assertThatThrownBy(job::await)
          .cause()
          .isInstanceOf(RestoreException.class)
          .hasMessageContainingAll("stage 'count'", "window was tumbling 10s, is " + now);
    }

    try (Job job = Weir.start(counts(BEFORE, true, ""), config(backend))) {
      job.await();
    }
    assertThat(output.visible())
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, 6).mapToObj(window -> window * 10_000 + "=10000").toList());
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldCountOnWhereOnlyTheFunctionHasChanged(StateBackend backend) throws Exception {
    URI savepoint = savepoint(backend);
    List<String> before = output.visible();
    Pipeline next = counts(BEFORE, true, " clicks");

    assertThat(Weir.diff(next, config(backend), savepoint).requireCompatible().changed()).isEmpty();
    try (Job job = Weir.start(next, config(backend))) {
      job.await();
    }

    assertThat(output.visible())
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, 6)
                .mapToObj(window -> window * 10_000 + "=10000")
                .map(text -> before.contains(text) ? text : text + " clicks")
                .toList());
  }

  /** Stops with a window that is open, which half of its records are in. */
  private URI savepoint(StateBackend backend) throws Exception {
    URI savepoint = folder.resolve("savepoint").toUri();
    try (Job job = Weir.start(counts(BEFORE, false, ""), config(backend))) {
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (output.visible().isEmpty() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(1_000_000);
      }
      job.stopWithSavepoint(savepoint).toCompletableFuture().get(30, TimeUnit.SECONDS);
      job.await();
    }
    assertThat(output.visible()).as("windows closed before the stop").isNotEmpty();
    return savepoint;
  }

  private Pipeline counts(TumblingWindows windows, boolean isBounded, String unit) {
    WindowResultFunction<Boolean, Long, String> result =
        (key, window, count) -> named(window) + "=" + count + unit;
    Pipeline pipeline = Pipeline.named("clicks");
    pipeline
        .source(
            "numbers",
            new ListSource<Long>(1, RECORDS, isBounded, (split, n) -> n)
                .withWatermarks(
                    x -> Watermarks.<Long>boundedOutOfOrderness(Duration.ZERO).timestamps(n -> n)))
        .keyBy(n -> true)
        .window(windows)
        .aggregate("count", Aggregates.counting(), result)
        .sink("counts", output);
    return pipeline;
  }

  private static String named(TimeWindow window) {
    return String.valueOf(window.start());
  }

  private JobConfig config(StateBackend backend) {
    return JobConfig.builder()
        .stateBackend(backend)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve("checkpoints"))
        .restartStrategy(RestartStrategy.none())
        .build();
  }
}
