package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.QueryFailedException;
import dev.weir.function.Aggregates;
import dev.weir.function.AggregatingStateDescriptor;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.function.ReducingStateDescriptor;
import dev.weir.internal.query.QueryDesk;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.ReadLevel;
import dev.weir.job.RestartStrategy;
import dev.weir.job.StateBackend;
import dev.weir.job.StateQuery;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.ListStateDescriptor;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.SortedMapStateDescriptor;
import dev.weir.state.StateDescriptor;
import dev.weir.state.StateTtl;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.time.TimeWindow;
import dev.weir.time.Watermarks;
import dev.weir.time.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Questions to running jobs about their state. */
@Timeout(60)
class QueryTest {
  private static final int KEYS = 5;
  private static final long RECORDS = 4_000;
  private static final long MANY = 12_000;

  @TempDir private Path folder;
  private final MemoryTopic<String> output = new MemoryTopic<>();

  /** Keeps a number in every kind of state. */
  private static final class Kinds implements KeyedProcessFunction<String, Long, String> {
    private static final long serialVersionUID = 1L;
    static final ValueStateDescriptor<Long> COUNT = ValueStateDescriptor.of("count", Long.class);
    static final ListStateDescriptor<Long> LIST = ListStateDescriptor.of("list", Long.class);
    static final MapStateDescriptor<String, Long> MAP =
        MapStateDescriptor.of("map", String.class, Long.class)
            .withTtl(StateTtl.onReadAndWrite(Duration.ofHours(1)));
    static final SortedMapStateDescriptor<String, Long> SORTED =
        SortedMapStateDescriptor.of("sorted", String.class, Long.class);
    static final ReducingStateDescriptor<Long> MOST =
        ReducingStateDescriptor.of("most", Math::max, Long.class);
    static final AggregatingStateDescriptor<Object, ?, Long> TIMES =
        new AggregatingStateDescriptor<>("times", Aggregates.counting());

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(COUNT, LIST, MAP, SORTED, MOST, TIMES);
    }

    @Override
    public void process(Long number, Context<String, String> context) {
      long count = context.state(COUNT).getOr(0L) + 1;
      context.state(COUNT).set(count);
      if (count <= 100) {
        context.state(LIST).add(count);
        context.state(MAP).put("m" + count, count);
        context.state(SORTED).put(String.format("%c%02d", (char) ('a' + count % 3), count), count);
      }
      context.state(MOST).add(number);
      context.state(TIMES).add(number);
      context.collect(context.key() + " " + count);
    }
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldAnswerForEachKindOfState(StateBackend backend) throws Exception {
    try (Job job = Weir.start(pipeline(), config(backend, 2))) {
      Eventually.await(() -> output.visible().size() == RECORDS);
      // The task learns that a checkpoint is completed a little after its output is visible.
      Eventually.await(
          () -> ask(job, StateQuery.value(Kinds.COUNT, "k1")).equals(Optional.of(800L)));

      for (ReadLevel level : ReadLevel.values()) {
        assertThat(ask(job, StateQuery.value(Kinds.COUNT, "k1").at(level))).contains(800L);
        assertThat(ask(job, StateQuery.value(Kinds.COUNT, "k9").at(level))).isEmpty();
        assertThat(ask(job, StateQuery.reduced(Kinds.MOST, "k1").at(level))).contains(3_996L);
        assertThat(ask(job, StateQuery.aggregated(Kinds.TIMES, "k1").at(level))).contains(800L);
        assertThat(ask(job, StateQuery.list(Kinds.LIST, "k1").at(level))).hasSize(100);
        assertThat(ask(job, StateQuery.list(Kinds.LIST, "k1").limit(3).at(level)))
            .containsExactly(1L, 2L, 3L);
        assertThat(ask(job, StateQuery.entry(Kinds.MAP, "k1", "m7").at(level))).contains(7L);
        assertThat(ask(job, StateQuery.entries(Kinds.MAP, "k1").at(level))).hasSize(100);
        assertThat(ask(job, StateQuery.entry(Kinds.SORTED, "k1", "b07").at(level))).contains(7L);
        assertThat(ask(job, StateQuery.entries(Kinds.SORTED, "k1").limit(2).at(level)))
            .containsExactly(Map.entry("a03", 3L), Map.entry("a06", 6L));
        assertThat(ask(job, StateQuery.from(Kinds.SORTED, "k1", "c95").at(level)))
            .containsExactly(Map.entry("c95", 95L), Map.entry("c98", 98L));
        assertThat(ask(job, StateQuery.range(Kinds.SORTED, "k1", "b01", "b07").at(level)))
            .containsExactly(Map.entry("b01", 1L), Map.entry("b04", 4L));
        assertThat(ask(job, StateQuery.prefix(Kinds.SORTED, "k1", "c9").at(level)))
            .containsExactly(Map.entry("c92", 92L), Map.entry("c95", 95L), Map.entry("c98", 98L));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldShowTheOpenWindowsOfAKey(StateBackend backend) throws Exception {
    try (Job job = Weir.start(windows(), config(backend, 2))) {
      Eventually.await(() -> output.visible().size() == 7 * KEYS);
      assertThat(output.visible()).contains("k1 600 20").doesNotContain("k1 700 20");
      StateQuery<List<Map.Entry<TimeWindow, Long>>> open =
          StateQuery.windows(Aggregates.counting(), "k1");
      for (ReadLevel level : ReadLevel.values()) {
        Eventually.await(() -> ask(job, "windows", open.at(level)).equals(openWindows()));
        assertThat(ask(job, "windows", open.limit(2).at(level)))
            .isEqualTo(openWindows().subList(0, 2));
        assertThat(ask(job, "windows", StateQuery.windows(Aggregates.counting(), "k9").at(level)))
            .isEmpty();
      }
      assertThatThrownBy(() -> ask(job, "windows", StateQuery.value(Kinds.COUNT, "k1")))
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'count' and has only windows. Ask with StateQuery.windows");
    }
  }

  /** The watermark is some 250 ms behind, so windows that have all of their records stay open. */
  private Pipeline windows() {
    Pipeline pipeline = Pipeline.named("asked");
    pipeline
        .source(
            "numbers",
            new ListSource<>(1, 1_000, false, (split, n) -> n)
                .withWatermarks(
                    x ->
                        Watermarks.<Long>boundedOutOfOrderness(Duration.ofMillis(250))
                            .timestamps(n -> n)))
        .keyBy(n -> "k" + n % KEYS)
        .window(Windows.tumbling(Duration.ofMillis(100)))
        .aggregate(
            "windows",
            Aggregates.counting(),
            (key, window, count) -> key + " " + window.start() + " " + count)
        .sink("out", output);
    return pipeline;
  }

  private static List<Map.Entry<TimeWindow, Long>> openWindows() {
    return Stream.of(700, 800, 900)
        .map(start -> Map.entry(new TimeWindow(start, start + 100), 20L))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldNeverShowCommittedStateThatIsRolledBackLater(StateBackend backend) throws Exception {
    AtomicInteger seen = new AtomicInteger();
    Pipeline pipeline = Pipeline.named("asked");
    pipeline
        .source("numbers", new ListSource<>(1, MANY, false, (split, n) -> n))
        .map(
            n -> {
              if (seen.incrementAndGet() % 2_500 == 0) {
                throw new IllegalStateException("planted");
              }
              LockSupport.parkNanos(1_000); // So that there are checkpoints between two failures.
              return n;
            })
        .keyBy(n -> "k" + n % KEYS)
        .process("kinds", new Kinds())
        .sink("out", output);
    long committed = 0;
    long live = 0;
    int lookups = 0;
    boolean wasRolledBack = false;

    try (Job job = Weir.start(pipeline, config(backend, 2))) {
      while (committed < MANY / KEYS) {
        Optional<Long> now = askIfRunning(job, StateQuery.value(Kinds.COUNT, "k2"));
        if (now.isPresent()) {
          assertThat(now.get()).as("never less than was seen").isGreaterThanOrEqualTo(committed);
          assertThat(output.visible()).as("its output is there").contains("k2 " + now.get());
          committed = now.get();
          lookups++;
        }
        long then =
            askIfRunning(job, StateQuery.value(Kinds.COUNT, "k2").at(ReadLevel.LIVE)).orElse(live);
        wasRolledBack |= then < live;
        live = then;
      }
      assertThat(job.status().restarts()).isPositive();
    }

    assertThat(wasRolledBack).as("live state was seen to be rolled back").isTrue();
    assertThat(lookups).isGreaterThan(10);
  }

  @Test
  void shouldTellAtOnceWhatCannotBeAsked() throws Exception {
    try (Job job = Weir.start(pipeline(), config(StateBackend.HEAP, 2))) {
      Eventually.await(() -> output.visible().size() == RECORDS);

      assertThatThrownBy(() -> job.query("kindz", StateQuery.value(Kinds.COUNT, "k1")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("stage 'kindz', its stages with state of keys are [kinds]");
      assertThatThrownBy(() -> job.query("kinds", StateQuery.value(Kinds.COUNT, 1L)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("key 1, a java.lang.Long, but its keys are string");
      assertThatThrownBy(
              () -> ask(job, StateQuery.value(ValueStateDescriptor.of("total", Long.class), "k1")))
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'value.total' and has");
      assertThatThrownBy(
              () ->
                  ask(job, StateQuery.value(ValueStateDescriptor.of("count", String.class), "k1")))
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("with values string, it has long");
      assertThatThrownBy(() -> StateQuery.list(Kinds.LIST, "k1").limit(0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> StateQuery.list(Kinds.LIST, "k1").within(Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldFailInTimeWhereATaskIsBusyOrTheJobHasEnded() throws Exception {
    CountDownLatch isBusy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Pipeline pipeline = Pipeline.named("asked");
    pipeline
        .source("numbers", new ListSource<>(1, 10, false, (split, n) -> n))
        .keyBy(n -> "k" + n % KEYS)
        .process("kinds", new Kinds())
        .map(
            value -> {
              isBusy.countDown();
              goOn.await();
              return value;
            })
        .sink("out", output);

    Job job = Weir.start(pipeline, config(StateBackend.HEAP, 1));
    isBusy.await();
    StateQuery<Optional<Long>> query = StateQuery.value(Kinds.COUNT, "k1");
    assertThatThrownBy(() -> ask(job, query.within(Duration.ofMillis(20))))
        .cause()
        .isInstanceOf(QueryFailedException.class)
        .hasMessageContaining("was not read within 20 ms");
    List<CompletionStage<Optional<Long>>> many = new ArrayList<>();
    for (int i = 0; i <= QueryDesk.MOST_WAITING; i++) {
      many.add(job.query("kinds", query.within(Duration.ofSeconds(40))));
    }
    assertThatThrownBy(() -> many.get(QueryDesk.MOST_WAITING).toCompletableFuture().get())
        .cause()
        .isInstanceOf(QueryFailedException.class)
        .hasMessageContaining("queries wait already");
    CompletionStage<Optional<Long>> last = many.get(0);
    job.cancel();
    goOn.countDown();
    job.close();

    assertThat(last.toCompletableFuture()).isDone();
    assertThatThrownBy(() -> ask(job, query))
        .cause()
        .isInstanceOf(QueryFailedException.class)
        .hasMessageContaining("no attempt of it runs here now");
  }

  private Pipeline pipeline() {
    Pipeline pipeline = Pipeline.named("asked");
    pipeline
        .source("numbers", new ListSource<>(1, RECORDS, false, (split, n) -> n))
        .keyBy(n -> "k" + n % KEYS)
        .process("kinds", new Kinds())
        .sink("out", output);
    return pipeline;
  }

  private static <R> R ask(Job job, StateQuery<R> query) throws Exception {
    return ask(job, "kinds", query);
  }

  private static <R> R ask(Job job, String stage, StateQuery<R> query) throws Exception {
    return job.query(stage, query).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** Nothing between two attempts. */
  private static Optional<Long> askIfRunning(Job job, StateQuery<Optional<Long>> query)
      throws Exception {
    try {
      return ask(job, query);
    } catch (ExecutionException e) {
      assertThat(e).cause().isInstanceOf(QueryFailedException.class);
      return Optional.empty();
    }
  }

  private JobConfig config(StateBackend backend, int parallelism) {
    return JobConfig.builder()
        .stateBackend(backend)
        .parallelism(parallelism)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve("checkpoints"))
        .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(1), 50))
        .build();
  }
}
