package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.function.Aggregates;
import dev.weir.function.KeyedBroadcastProcessFunction;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.RestartStrategy;
import dev.weir.job.StateBackend;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.BroadcastState;
import dev.weir.state.MapStateDescriptor;
import dev.weir.time.Watermarks;
import dev.weir.time.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole jobs with stages that read several others. */
@Timeout(60)
class SeveralInputsJobTest {
  private static final int SPLITS = 3;
  private static final long PER_SPLIT = 3_000;
  private static final int KEYS = 5;
  private static final long RULES = 200;

  @TempDir private Path folder;
  private final MemoryTopic<String> output = new MemoryTopic<>();

  private record Click(String page, long time) {}

  /** Counts each rule, and tells at the end of time how often each was seen. */
  private static final class Ruled
      implements KeyedBroadcastProcessFunction<String, Click, Click, String> {
    private static final long serialVersionUID = 1L;
    private static final MapStateDescriptor<String, Long> SEEN =
        MapStateDescriptor.of("seen", String.class, Long.class);

    @Override
    public void process(Click click, Context<String, String> context) {
      context.timers().registerEventTime(10 * PER_SPLIT);
      context.collect("click");
    }

    @Override
    public void processBroadcast(Click rule, BroadcastContext<String> context) {
      BroadcastState<String, Long> seen = context.broadcastState(SEEN);
      seen.put(rule.page(), seen.get(rule.page()).orElse(0L) + 1);
    }

    @Override
    public void onTimer(long timestamp, Context<String, String> context) {
      var seen = context.broadcastState(SEEN).entries();
      long sum = seen.values().stream().mapToLong(times -> times).sum();
      context.collect("total " + context.key() + " " + seen.size() + " " + sum);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldCountTheRecordsOfAllStreamsOnceThoughUserCodeFails(int parallelism) throws Exception {
    Pipeline pipeline = Pipeline.named("union");
    DataStream<Click> left = pipeline.source("left", source(SPLITS, PER_SPLIT, true, KEYS));
    DataStream<Click> right = flaky(pipeline.source("right", source(1, PER_SPLIT, true, KEYS)));
    left.union(right, left)
        .keyBy(Click::page)
        .window(Windows.tumbling(Duration.ofMillis(100)))
        .aggregate(
            "count",
            Aggregates.counting(),
            (page, window, count) -> page + " " + window.start() + " " + count)
        .sink("out", output);

    try (Job job = Weir.start(pipeline, config(parallelism))) {
      job.await();
      assertThat(job.status().restarts()).isPositive();
    }

    assertThat(output.visible())
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, PER_SPLIT / 100)
                .boxed()
                .flatMap(
                    w ->
                        IntStream.range(0, KEYS)
                            .mapToObj(
                                page -> "/" + page + " " + w * 100 + " " + 20 * (2 * SPLITS + 1)))
                .toList());
  }

  static Stream<Arguments> smallJobs() {
    return Stream.of(StateBackend.values())
        .flatMap(
            backend ->
                Stream.of(3, 8)
                    .flatMap(
                        groups ->
                            Stream.of("1,1", "1,2", "1,3", "2,1", "2,3", "3,1", "3,2")
                                .map(pair -> Arguments.of(backend, groups, pair))));
  }

  @ParameterizedTest
  @MethodSource("smallJobs")
  void shouldShowEveryTaskEachBroadcastRecordOnceAtAnyParallelism(
      StateBackend backend, int groups, String parallelisms) throws Exception {
    int before = parallelisms.charAt(0) - '0';
    int after = parallelisms.charAt(2) - '0';
    try (Job job = Weir.start(ruled(false), config(before, backend, groups))) {
      awaitVisible(2_000);
      job.stop();
      job.await();
    }

    try (Job job = Weir.start(ruled(true), config(after, backend, groups))) {
      job.await();
    }

    List<String> totals =
        output.visible().stream().filter(result -> result.startsWith("total")).toList();
    assertThat(totals)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, KEYS)
                .mapToObj(page -> "total /" + page + " " + RULES + " " + RULES)
                .toList());
    assertThat(output.visible()).hasSize((int) (SPLITS * PER_SPLIT) + KEYS);
  }

  private Pipeline ruled(boolean isBounded) {
    Pipeline pipeline = Pipeline.named("ruled");
    DataStream<Click> rules = pipeline.source("rules", source(1, RULES, isBounded, (int) RULES));
    flaky(pipeline.source("clicks", source(SPLITS, PER_SPLIT, isBounded, KEYS)))
        .keyBy(Click::page)
        .connect(rules.broadcast(Ruled.SEEN))
        .process("ruled", new Ruled())
        .sink("out", output);
    return pipeline;
  }

  private static ListSource<Click> source(int splits, long perSplit, boolean isBounded, int pages) {
    return untimed(splits, perSplit, isBounded, pages)
        .withWatermarks(
            x ->
                Watermarks.<Click>boundedOutOfOrderness(Duration.ofMillis(20))
                    .timestamps(Click::time)
                    .idleAfter(Duration.ofSeconds(30)));
  }

  private static ListSource<Click> untimed(
      int splits, long perSplit, boolean isBounded, int pages) {
    return new ListSource<>(
        splits, perSplit, isBounded, (split, n) -> new Click("/" + n % pages, n));
  }

  private static DataStream<Click> flaky(DataStream<Click> clicks) {
    AtomicInteger seen = new AtomicInteger();
    return clicks.map(
        click -> {
          if (seen.incrementAndGet() % 900 == 0 && seen.get() <= 2_700) {
            throw new IllegalStateException("planted");
          }
          return click;
        });
  }

  private JobConfig config(int parallelism) {
    return config(parallelism, StateBackend.HEAP, 128);
  }

  private JobConfig config(int parallelism, StateBackend backend, int groups) {
    return JobConfig.builder()
        .parallelism(parallelism)
        .maxParallelism(groups)
        .stateBackend(backend)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve("checkpoints"))
        .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(1), 20))
        .build();
  }

  private void awaitVisible(int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (output.visible().size() < count) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("only " + output.visible().size() + " records became visible");
      }
      Thread.onSpinWait();
    }
  }
}
