package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.function.Aggregates;
import dev.weir.function.AggregatingStateDescriptor;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.function.ReducingStateDescriptor;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.KeyQuery;
import dev.weir.job.KeyRange;
import dev.weir.job.ReadLevel;
import dev.weir.job.StateBackend;
import dev.weir.pipeline.Pipeline;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import dev.weir.serde.ordered.OrderedSerializers;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.time.Watermarks;
import dev.weir.time.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Questions to running jobs about many keys. */
@Timeout(60)
class KeyQueryTest {
  private static final long RECORDS = 4_000;

  @TempDir private Path folder;
  private final MemoryTopic<Long> output = new MemoryTopic<>();

  /** Keeps what it sees of a key in every kind of state that has one row. */
  private static final class Kinds<K> implements KeyedProcessFunction<K, Long, Long> {
    private static final long serialVersionUID = 1L;
    static final ValueStateDescriptor<Long> COUNT = ValueStateDescriptor.of("count", Long.class);
    static final ReducingStateDescriptor<Long> MOST =
        ReducingStateDescriptor.of("most", Math::max, Long.class);
    static final AggregatingStateDescriptor<Object, ?, Long> TIMES =
        new AggregatingStateDescriptor<>("times", Aggregates.counting());

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(COUNT, MOST, TIMES);
    }

    @Override
    public void process(Long number, Context<K, Long> context) {
      context.state(COUNT).set(context.state(COUNT).getOr(0L) + 1);
      context.state(MOST).add(number);
      context.state(TIMES).add(number);
      context.collect(number);
    }
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldGiveRangesOfKeysInOrderFromAllTasks(StateBackend backend) throws Exception {
    Pipeline pipeline =
        pipeline(RECORDS, n -> String.format("k%02d", n % 60), OrderedSerializers.of(String.class));
    try (Job job = Weir.start(pipeline, config(backend))) {
      Eventually.await(() -> output.visible().size() == RECORDS);
      // The task learns that a checkpoint is completed a little after its output is visible.
      Eventually.await(() -> ask(job, counts(KeyRange.<String>all())).equals(expected(0, 60)));

      for (ReadLevel level : ReadLevel.values()) {
        assertThat(ask(job, counts(KeyRange.<String>all()).at(level))).isEqualTo(expected(0, 60));
        assertThat(ask(job, counts(KeyRange.<String>all()).limit(7).at(level)))
            .isEqualTo(expected(0, 7));
        assertThat(ask(job, counts(KeyRange.from("k57")).at(level))).isEqualTo(expected(57, 60));
        assertThat(ask(job, counts(KeyRange.between("k08", "k12")).at(level)))
            .isEqualTo(expected(8, 12));
        assertThat(ask(job, counts(KeyRange.prefix("k3")).at(level))).isEqualTo(expected(30, 40));
        assertThat(ask(job, counts(KeyRange.prefix("k9")).at(level))).isEmpty();
        assertThat(ask(job, KeyQuery.aggregated(Kinds.TIMES, KeyRange.prefix("k01")).at(level)))
            .containsExactly(Map.entry("k01", 67L));
        assertThat(ask(job, KeyQuery.reduced(Kinds.MOST, KeyRange.prefix("k01")).at(level)))
            .containsExactly(Map.entry("k01", 3_961L));
      }
    }
  }

  /** How often each of these keys comes, of 60. */
  private static List<Map.Entry<String, Long>> expected(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Map.entry(String.format("k%02d", i), RECORDS / 60 + (i < 40 ? 1 : 0)))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldGiveKeysInTheOrderOfTheirBytesAndRefusePrefixesThatLieApart(StateBackend backend)
      throws Exception {
    Pipeline pipeline = pipeline(2_000, n -> "k" + n % 12, TypeSerializers.of(String.class));
    try (Job job = Weir.start(pipeline, config(backend))) {
      Eventually.await(() -> output.visible().size() == 2_000);
      Eventually.await(() -> ask(job, counts(KeyRange.<String>all())).size() == 12);

      assertThat(ask(job, counts(KeyRange.from("k8"))).stream().map(Map.Entry::getKey))
          .as("a text comes behind those that are shorter")
          .containsExactly("k8", "k9", "k10", "k11");
      assertThatThrownBy(() -> job.query("kinds", counts(KeyRange.prefix("k1"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("keyBy(selector, OrderedSerializers.of(KeyType.class))");
      assertThatThrownBy(() -> job.query("kinds", counts(KeyRange.from(1L))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("by 1, a java.lang.Long, but keys are string");
      KeyQuery<String, Long> unknown =
          KeyQuery.values(ValueStateDescriptor.of("total", Long.class), KeyRange.all());
      assertThatThrownBy(() -> ask(job, unknown))
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'value.total' and has");
      assertThatThrownBy(() -> counts(KeyRange.all()).limit(0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** More keys than a task looks at between two batches. */
  @Test
  void shouldLookAtManyKeysInPiecesOnTheHeap() throws Exception {
    int keys = 100_000;
    Pipeline pipeline = pipeline(keys, n -> n, OrderedSerializers.of(Long.class));
    try (Job job = Weir.start(pipeline, config(StateBackend.HEAP))) {
      Eventually.await(() -> output.visible().size() == keys);

      KeyQuery<Long, Long> query = KeyQuery.reduced(Kinds.MOST, KeyRange.from(80_000L));
      assertThat(ask(job, query.at(ReadLevel.LIVE).limit(9_000)))
          .isEqualTo(LongStream.range(80_000, 89_000).mapToObj(n -> Map.entry(n, n)).toList());
    }
  }

  @Test
  void shouldSendAwayWhoAsksForWindowsOfManyKeys() throws Exception {
    Pipeline pipeline = Pipeline.named("asked");
    pipeline
        .source(
            "numbers",
            new ListSource<>(1, 100, false, (split, n) -> n)
                .withWatermarks(
                    x -> Watermarks.<Long>boundedOutOfOrderness(Duration.ZERO).timestamps(n -> n)))
        .keyBy(n -> "k" + n % 5)
        .window(Windows.tumbling(Duration.ofMillis(10)))
        .aggregate("kinds", Aggregates.counting(), (key, window, count) -> count)
        .sink("out", output);
    try (Job job = Weir.start(pipeline, config(StateBackend.HEAP))) {
      Eventually.await(() -> !output.visible().isEmpty());

      assertThatThrownBy(() -> ask(job, counts(KeyRange.<String>all())))
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'count' of many keys and has only windows");
    }
  }

  private <K> Pipeline pipeline(long records, LongFunction<K> keys, TypeSerializer<K> serializer) {
    Pipeline pipeline = Pipeline.named("asked");
    pipeline
        .source("numbers", new ListSource<>(1, records, false, (split, n) -> n))
        .keyBy(keys::apply, serializer)
        .process("kinds", new Kinds<>())
        .sink("out", output);
    return pipeline;
  }

  private static <K> KeyQuery<K, Long> counts(KeyRange<K> keys) {
    return KeyQuery.values(Kinds.COUNT, keys);
  }

  private static <K, R> List<Map.Entry<K, R>> ask(Job job, KeyQuery<K, R> query) throws Exception {
    return job.query("kinds", query).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private JobConfig config(StateBackend backend) {
    return JobConfig.builder()
        .stateBackend(backend)
        .parallelism(2)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve("checkpoints"))
        .build();
  }
}
