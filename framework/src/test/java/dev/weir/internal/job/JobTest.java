package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.FencedException;
import dev.weir.error.JobFailedException;
import dev.weir.error.RestoreException;
import dev.weir.function.Aggregates;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.RestartStrategy;
import dev.weir.job.StateBackend;
import dev.weir.job.StateOptions;
import dev.weir.job.StopMode;
import dev.weir.job.stored.StateRow;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.time.Watermarks;
import dev.weir.time.Windows;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole jobs in one JVM, over a source and a sink that are lists. */
@Timeout(60)
class JobTest {
  private static final int SPLITS = 3;
  private static final long PER_SPLIT = 5_000;

  @TempDir Path folder;
  private final MemoryTopic<String> output = new MemoryTopic<>();

  record Click(String page, long time) {}

  /** How many clicks a page has, so far. */
  static final class RunningCount implements KeyedProcessFunction<String, Click, String> {
    private static final long serialVersionUID = 1L;
    static final ValueStateDescriptor<Long> COUNT = ValueStateDescriptor.of("count", Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(COUNT);
    }

    @Override
    public void process(Click click, Context<String, String> context) {
      long count = context.state(COUNT).getOr(0L) + 1;
      context.state(COUNT).set(count);
      context.collect(click.page() + " " + count);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void shouldCountClicksPerPageAndWindow(int parallelism) throws Exception {
    Pipeline pipeline = Pipeline.named("clicks");
    counted(pipeline, clicks(true)).sink("counts", output);

    try (Job job = Weir.start(pipeline, config(parallelism).build())) {
      job.await();
    }

    assertThat(output.visible()).containsExactlyInAnyOrderElementsOf(expectedCounts());
  }

  @Tag("S27")
  @Tag("N26")
  @ParameterizedTest
  @CsvSource({"1,HEAP", "3,HEAP", "1,ROCKSDB", "3,ROCKSDB"})
  void shouldCountExactlyThoughUserCodeFailsAgainAndAgain(int parallelism, StateBackend backend)
      throws Exception {
    AtomicInteger seen = new AtomicInteger();
    Pipeline pipeline = Pipeline.named("clicks");
    DataStream<Click> flaky =
        clicks(true, pipeline)
            .map(
                click -> {
                  if (seen.incrementAndGet() % 4_000 == 0 && seen.get() <= 24_000) {
                    throw new IllegalStateException("planted");
                  }
                  return click;
                });
    windows(flaky).sink("counts", output);

    try (Job job = Weir.start(pipeline, config(parallelism).stateBackend(backend).build())) {
      job.await();
      assertThat(job.status().restarts()).isPositive();
    }

    assertThat(output.visible()).containsExactlyInAnyOrderElementsOf(expectedCounts());
  }

  @Test
  void shouldTakeACheckpointBeforeItsTimeWhenChangesFillTheirMemory() throws Exception {
    long keys = 60_000; // Far more than half of 16 MiB.
    Pipeline pipeline = Pipeline.named("many");
    pipeline
        .source("clicks", new ListSource<>(2, keys, false, (split, n) -> new Click(split + n, n)))
        .keyBy(Click::page)
        .process("count", new RunningCount())
        .sink("counts", output);
    JobConfig config =
        config(1)
            .stateBackend(StateBackend.ROCKSDB)
            .stateMemory(StateOptions.LEAST_MEMORY)
            .checkpointInterval(Duration.ofHours(1))
            .build();

    try (Job job = Weir.start(pipeline, config)) {
      awaitVisible(60_000);
    }
  }

  @Tag("S07")
  @ParameterizedTest
  @CsvSource({"1,1", "2,3", "3,1"})
  void shouldGoOnWhereItWasStoppedAtAnyParallelism(int before, int after) throws Exception {
    try (Job job = Weir.start(runningCounts(false), config(before).build())) {
      awaitVisible(2_000);
      job.stop();
      job.await();
      assertThat(job.status().state()).isEqualTo(JobState.FINISHED);
    }

    try (Job job = Weir.start(runningCounts(true), config(after).build())) {
      job.await();
    }

    assertThat(output.visible())
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, SPLITS * PER_SPLIT / 5)
                .boxed()
                .flatMap(n -> LongStream.range(0, 5).mapToObj(page -> "/" + page + " " + n))
                .toList());
  }

  @Tag("S07")
  @Tag("S18")
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldFireEveryWindowWhenItDrainsAndNoneWhenItStops(int parallelism) throws Exception {
    Pipeline pipeline = Pipeline.named("clicks");
    counted(pipeline, clicks(false)).sink("counts", output);
    try (Job job = Weir.start(pipeline, config(parallelism).build())) {
      awaitVisible(200);
      job.stop();
      job.await();
    }
    assertThat(output.visible()).as("the last window is open").hasSizeLessThan(250);

    try (Job job = Weir.start(pipeline, config(parallelism).build())) {
      awaitVisible(245);
      job.stop(StopMode.DRAIN);
      job.await();
    }

    assertThat(output.visible()).containsExactlyInAnyOrderElementsOf(expectedCounts());
  }

  @Tag("S07")
  @Test
  void shouldFireEveryWindowBeforeASavepointThatDrainsAndLeaveNoneInIt() throws Exception {
    URI savepoint = folder.resolve("savepoint").toUri();
    Pipeline pipeline = Pipeline.named("clicks");
    counted(pipeline, clicks(false)).sink("counts", output);
    try (Job job = Weir.start(pipeline, config(2).build())) {
      awaitVisible(245);
      job.stopWithSavepoint(savepoint, StopMode.DRAIN)
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
      job.await();
      assertThat(job.status().state()).isEqualTo(JobState.FINISHED);
    }
    assertThat(output.visible()).containsExactlyInAnyOrderElementsOf(expectedCounts());

    List<StateRow> open = new ArrayList<>();
    Weir.readState(savepoint, "count"::equals, open::add);
    open.removeIf(row -> !row.table().equals("windows"));

    assertThat(open).as("windows in the savepoint").isEmpty();
  }

  @Test
  void shouldKeepTheOrderOfEachKeyAcrossCheckpointsAndRestarts() throws Exception {
    try (Job job = Weir.start(runningCounts(true), config(2).build())) {
      job.await();
    }

    for (int page = 0; page < 5; page++) {
      String prefix = "/" + page + " ";
      assertThat(output.visible().stream().filter(r -> r.startsWith(prefix)))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, SPLITS * PER_SPLIT / 5).mapToObj(n -> prefix + n).toList());
    }
  }

  @Test
  void shouldShowNothingOfACancelledAttemptAndGoOnFromTheLastCheckpoint() throws Exception {
    try (Job job = Weir.start(runningCounts(false), config(2).build())) {
      awaitVisible(1_000);
      job.cancel();
      job.await();
      assertThat(job.status().state()).isEqualTo(JobState.CANCELLED);
    }
    long seenByThen = output.visible().size();

    try (Job job = Weir.start(runningCounts(true), config(2).build())) {
      job.await();
    }

    assertThat(seenByThen).isLessThanOrEqualTo(SPLITS * PER_SPLIT);
    assertThat(output.visible()).hasSize((int) (SPLITS * PER_SPLIT)).doesNotHaveDuplicates();
  }

  @Tag("N26")
  @Test
  void shouldFailWithTheUsersErrorWhenTheBudgetIsUsed() {
    Pipeline pipeline = Pipeline.named("clicks");
    clicks(true, pipeline)
        .<String>map(
            click -> {
              throw new IllegalStateException("planted");
            })
        .sink("counts", output);

    try (Job job = Weir.start(pipeline, config(2).build())) {
      assertThatThrownBy(job::await)
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("map-1")
          .hasMessageContaining("planted");
      assertThat(job.status().state()).isEqualTo(JobState.SUSPENDED);
    }
  }

  @Tag("S32")
  @Test
  void shouldNotTakeTheJobBackFromANewerAttemptWhateverItFailedWith() {
    Pipeline pipeline = Pipeline.named("clicks");
    clicks(true, pipeline)
        .<String>map(
            click -> {
              output.overtake();
              throw new IllegalStateException("planted");
            })
        .sink("counts", output);

    try (Job job = Weir.start(pipeline, config(1).build())) {
      assertThatThrownBy(job::await)
          .hasCauseInstanceOf(FencedException.class)
          .hasMessageContaining("has taken over");
      assertThat(job.status().restarts()).isZero();
    }
  }

  @Tag("S42")
  @Test
  void shouldRefuseToBeginAnewWhenTheLedgerIsLost() throws Exception {
    try (Job job = Weir.start(runningCounts(true), config(1).build())) {
      job.await();
    }
    Pipeline pipeline = Pipeline.named("clicks");
    clicks(true, pipeline).map(Click::page).sink("counts", new MemoryTopic<>());

    try (Job job = Weir.start(pipeline, config(1).build())) {
      assertThatThrownBy(job::await)
          .hasCauseInstanceOf(RestoreException.class)
          .hasMessageContaining("ledger")
          .hasMessageContaining("start.fresh=true");
    }
  }

  @Tag("S47")
  @Tag("N29")
  @Test
  void shouldRefuseAPipelineThatLacksAStageOfTheCheckpoint() throws Exception {
    try (Job job = Weir.start(runningCounts(true), config(1).build())) {
      job.await();
    }
    Pipeline pipeline = Pipeline.named("clicks");
    clicks(true, pipeline).map(Click::page).sink("counts", output);

    try (Job job = Weir.start(pipeline, config(1).build())) {
      assertThatThrownBy(job::await)
          .hasCauseInstanceOf(RestoreException.class)
          .hasMessageContaining("running");
    }
  }

  private Pipeline runningCounts(boolean isBounded) {
    Pipeline pipeline = Pipeline.named("clicks");
    clicks(isBounded, pipeline)
        .keyBy(Click::page)
        .process("running", new RunningCount())
        .sink("counts", output);
    return pipeline;
  }

  private static DataStream<Click> clicks(boolean isBounded, Pipeline pipeline) {
    return pipeline.source("clicks", clicks(isBounded));
  }

  private static ListSource<Click> clicks(boolean isBounded) {
    return new ListSource<Click>(
            SPLITS, PER_SPLIT, isBounded, (split, n) -> new Click("/" + n % 5, n))
        .withWatermarks(
            x ->
                Watermarks.<Click>boundedOutOfOrderness(Duration.ofMillis(20))
                    .timestamps(Click::time)
                    .idleAfter(Duration.ofSeconds(30)));
  }

  private static DataStream<String> counted(Pipeline pipeline, ListSource<Click> source) {
    return windows(pipeline.source("clicks", source));
  }

  private static DataStream<String> windows(DataStream<Click> clicks) {
    return clicks
        .keyBy(Click::page)
        .window(Windows.tumbling(Duration.ofMillis(100)))
        .aggregate(
            "count",
            Aggregates.counting(),
            (page, window, count) -> page + " " + window.start() + " " + count);
  }

  private static List<String> expectedCounts() {
    return LongStream.range(0, PER_SPLIT / 100)
        .boxed()
        .flatMap(
            w ->
                LongStream.range(0, 5)
                    .mapToObj(page -> "/" + page + " " + w * 100 + " " + 20 * SPLITS))
        .toList();
  }

  private JobConfig.Builder config(int parallelism) {
    return JobConfig.builder()
        .parallelism(parallelism)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve("checkpoints"))
        .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(1), 20));
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
