package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.RescaleFailedException;
import dev.weir.function.Aggregates;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.internal.base.CrashPoint;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobListener;
import dev.weir.job.JobState;
import dev.weir.job.JobStatus;
import dev.weir.job.RestartStrategy;
import dev.weir.job.StateBackend;
import dev.weir.job.StateQuery;
import dev.weir.pipeline.KeyedStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.ListStateDescriptor;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.time.Watermarks;
import dev.weir.time.Windows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of the parallelism of jobs that run. */
@Timeout(60)
class RescaleTest {
  private static final int SPLITS = 5;
  private static final long PER_SPLIT = 4_000;
  private static final int KEYS = 40;
  private static final long WINDOW = 500;

  @TempDir Path folder;
  private final MemoryTopic<String> output = new MemoryTopic<>();
  private final AtomicBoolean isHeldBack = new AtomicBoolean(true);

  /** Numbers the records of each key. */
  private static final class Counting implements KeyedProcessFunction<String, Long, String> {
    private static final long serialVersionUID = 1L;
    static final ValueStateDescriptor<Long> COUNT = ValueStateDescriptor.of("count", Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(COUNT);
    }

    @Override
    public void process(Long number, Context<String, String> context) {
      long count = context.state(COUNT).getOr(0L) + 1;
      context.state(COUNT).set(count);
      context.collect(context.key() + " " + count);
    }
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldCountEachRecordOnceHoweverOftenTheParallelismChanges(StateBackend backend)
      throws Exception {
    List<Integer> seen = new ArrayList<>();

    try (Job job = Weir.start(pipeline(), config(backend, 1).build())) {
      await(() -> job.status().state() == JobState.RUNNING);
      for (int parallelism : new int[] {4, 2, 3, 1, 5, 2}) {
        long before = output.visible().size();
        await(() -> output.visible().size() > before);
        seen.add(done(job.rescale(parallelism)).parallelism());
      }
      assertThat(job.status().attempt()).isEqualTo(1);
      isHeldBack.set(false);
      job.await();
    }

    assertThat(seen).containsExactly(4, 2, 3, 1, 5, 2);
    assertCountedOnce();
  }

  /** Gives each number back by a timer, and tells of each half second of event time. */
  private static final class Waiting implements KeyedProcessFunction<String, Long, String> {
    private static final long serialVersionUID = 1L;
    private static final ListStateDescriptor<Long> WAIT =
        ListStateDescriptor.of("wait", Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(WAIT);
    }

    @Override
    public void process(Long number, Context<String, String> context) {
      context.state(WAIT).add(number);
      context.timers().registerProcessingTime(System.currentTimeMillis() + 2);
      context.timers().registerEventTime(endOf(number));
      context.timers().registerEventTime(PER_SPLIT);
    }

    @Override
    public void onTimer(long timestamp, Context<String, String> context) {
      if (timestamp >= PER_SPLIT) {
        context.state(WAIT).get().forEach(n -> context.collect(context.key() + " waited " + n));
        context.state(WAIT).clear();
      } else {
        context.collect(context.key() + " ended " + timestamp);
      }
    }

    static long endOf(long number) {
      return (number / WINDOW + 1) * WINDOW - 1;
    }
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldFireEachTimerAndCloseEachWindowOnceWhoeverHasItsKeyThen(StateBackend backend)
      throws Exception {
    try (Job job = Weir.start(timedPipeline(), config(backend, 1).build())) {
      await(() -> job.status().state() == JobState.RUNNING);
      for (int parallelism : new int[] {4, 2, 5, 1, 3}) {
        long before = output.visible().size();
        await(() -> output.visible().size() > before);
        done(job.rescale(parallelism));
      }
      isHeldBack.set(false);
      job.await();
    }

    List<String> expected = new ArrayList<>();
    Map<String, Long> windows = new TreeMap<>();
    for (long n = 0; n < PER_SPLIT; n++) {
      String key = "k" + n % KEYS;
      expected.addAll(Collections.nCopies(SPLITS, key + " waited " + n));
      windows.merge(key + " ended " + Waiting.endOf(n), (long) SPLITS, Long::sum);
    }
    expected.addAll(windows.keySet());
    windows.forEach((end, count) -> expected.add(end + " with " + count));
    assertThat(output.visible()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private Pipeline timedPipeline() {
    Pipeline pipeline = Pipeline.named("timed");
    KeyedStream<String, Long> numbers =
        pipeline
            .source(
                "numbers",
                new ListSource<Long>(SPLITS, PER_SPLIT, true, this::slowly)
                    .withWatermarks(
                        x ->
                            Watermarks.<Long>boundedOutOfOrderness(Duration.ZERO)
                                .timestamps(n -> n)))
            .keyBy(n -> "k" + n % KEYS);
    numbers.process("waits", new Waiting()).sink("out", output);
    numbers
        .window(Windows.tumbling(Duration.ofMillis(WINDOW)))
        .aggregate(
            "counts",
            Aggregates.counting(),
            (key, window, count) -> key + " ended " + (window.end() - 1) + " with " + count)
        .sink("windows", output);
    return pipeline;
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldAnswerQueriesFromWhoeverHasTheKeyNow(StateBackend backend) throws Exception {
    try (Job job = Weir.start(pipeline(), config(backend, 1).build())) {
      await(() -> output.visible().size() > KEYS * SPLITS);
      done(job.rescale(4));

      for (int key = 0; key < KEYS; key++) {
        assertThat(done(job.query("counts", StateQuery.value(Counting.COUNT, "k" + key))))
            .as("state of k%d", key)
            .isPresent();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CrashPoint.class,
      names = {"RESCALE_HALTED", "RESCALE_ASSIGNED"})
  void shouldGoOnAsBeforeWhenItFailsHalfWay(CrashPoint point) throws Exception {
    AtomicBoolean hasFailed = new AtomicBoolean();
    CrashPoint.Hook failing =
        (at, id) -> {
          if (at == point && hasFailed.compareAndSet(false, true)) {
            throw new IllegalStateException("planted at " + at);
          }
        };

    try (Job job =
        JobHandle.start(
            pipeline().graph(),
            config(StateBackend.HEAP, 2).build(),
            Ports.system().with(failing))) {
      await(() -> !output.visible().isEmpty());
      CompletionStage<JobStatus> rescaled = job.rescale(4);

      assertThatThrownBy(() -> done(rescaled))
          .isInstanceOf(RescaleFailedException.class)
          .hasMessageContaining("from 2 to 4")
          .hasRootCauseMessage("planted at " + point);
      await(() -> job.status().restarts() == 1 && job.status().state() == JobState.RUNNING);
      assertThat(job.status().parallelism()).isEqualTo(2);
      done(job.rescale(3));
      isHeldBack.set(false);
      job.await();
    }

    assertCountedOnce();
  }

  @Test
  void shouldKeepTheParallelismWhenItRestarts() throws Exception {
    AtomicBoolean fails = new AtomicBoolean();
    Pipeline pipeline =
        pipeline(
            () -> {
              if (fails.compareAndSet(true, false)) {
                throw new IllegalStateException("planted");
              }
            });

    try (Job job = Weir.start(pipeline, config(StateBackend.HEAP, 1).build())) {
      await(() -> !output.visible().isEmpty());
      done(job.rescale(4));
      fails.set(true);
      await(() -> job.status().restarts() == 1 && job.status().state() == JobState.RUNNING);

      assertThat(job.status().parallelism()).isEqualTo(4);
      isHeldBack.set(false);
      job.await();
    }

    assertCountedOnce();
  }

  @Test
  void shouldStopWithWhatHasChangedWhenItIsAskedToInTheMiddle() throws Exception {
    try (Job job = Weir.start(pipeline(), config(StateBackend.HEAP, 1).build())) {
      await(() -> !output.visible().isEmpty());
      CompletionStage<JobStatus> rescaled = job.rescale(4);
      job.stop();
      job.await();

      assertThat(job.status().state()).isEqualTo(JobState.FINISHED);
      assertThat(rescaled.toCompletableFuture()).isDone();
    }
    isHeldBack.set(false);
    try (Job job = Weir.start(pipeline(), config(StateBackend.HEAP, 3).build())) {
      job.await();
    }

    assertCountedOnce();
  }

  @Test
  void shouldShowTheParallelismToWhoeverLooks() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    JobListener listener =
        new JobListener() {
          @Override
          public void onRescale(int before, JobStatus now, Duration pause) {
            told.add(before + " to " + now.parallelism());
          }
        };

    try (Job job =
        Weir.start(
            pipeline(), config(StateBackend.HEAP, 1).meters(meters).listener(listener).build())) {
      await(() -> !output.visible().isEmpty());
      assertThat(meters.get("weir.parallelism").gauge().value()).isEqualTo(1);
      done(job.rescale(4));
      done(job.rescale(4));
      done(job.rescale(2));

      assertThat(meters.get("weir.parallelism").gauge().value()).isEqualTo(2);
      assertThat(meters.get("weir.rescale.pause").timer().count()).isEqualTo(2);
      assertThat(meters.find("weir.records.in").tag("stage", "counts").functionCounters())
          .as("counters of tasks, none of those that have ended")
          .hasSize(2);
      await(() -> told.size() == 2);
    }
    assertThat(told).containsExactly("1 to 4", "4 to 2");
  }

  @Test
  void shouldRefuseByNameWhatCannotBe() throws Exception {
    Job job = Weir.start(pipeline(), config(StateBackend.HEAP, 1).build());
    try (job) {
      assertThatThrownBy(() -> job.rescale(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("to 0 tasks")
          .hasMessageContaining("1 to 16, its max.parallelism");
      assertThatThrownBy(() -> job.rescale(17)).hasMessageContaining("to 17 tasks");
      await(() -> !output.visible().isEmpty());
      CompletionStage<JobStatus> first = job.rescale(3);
      assertThatThrownBy(() -> done(job.rescale(2)))
          .isInstanceOf(RescaleFailedException.class)
          .hasMessageContaining("'counting' from 1 to 2")
          .hasMessageContaining("another rescale, to 3, is under way");
      done(first);
    }
    assertThatThrownBy(() -> done(job.rescale(2)))
        .isInstanceOf(RescaleFailedException.class)
        .hasMessageContaining("the job is CANCELLED");
  }

  private void assertCountedOnce() {
    Map<String, List<Long>> counts = new HashMap<>();
    for (String line : output.visible()) {
      String[] parts = line.split(" ");
      counts.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(Long.parseLong(parts[1]));
    }
    assertThat(counts).hasSize(KEYS);
    counts.forEach(
        (key, numbers) -> {
          List<Long> all = new ArrayList<>();
          for (long n = 1; n <= SPLITS * PER_SPLIT / KEYS; n++) {
            all.add(n);
          }
          assertThat(numbers).as(key).containsExactlyElementsOf(all);
        });
  }

  private Pipeline pipeline() {
    return pipeline(() -> {});
  }

  private Pipeline pipeline(Runnable before) {
    Pipeline pipeline = Pipeline.named("counting");
    pipeline
        .source("numbers", new ListSource<>(SPLITS, PER_SPLIT, true, this::slowly))
        .map(
            n -> {
              before.run();
              return n;
            })
        .keyBy(n -> "k" + n % KEYS)
        .process("counts", new Counting())
        .sink("out", output);
    return pipeline;
  }

  private long slowly(String split, long n) {
    if (isHeldBack.get() && n % 10 == 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(n > PER_SPLIT / 2 ? 20 : 1));
    }
    return n;
  }

  private JobConfig.Builder config(StateBackend backend, int parallelism) {
    return JobConfig.builder()
        .parallelism(parallelism)
        .maxParallelism(16)
        .stateBackend(backend)
        .checkpointStorage(folder.resolve("checkpoints"))
        .checkpointInterval(Duration.ofMillis(20))
        .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(20), 3));
  }

  private static <R> R done(CompletionStage<R> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
