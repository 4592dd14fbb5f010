package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.InvalidPipelineException;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.function.ReducingStateDescriptor;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.RestartStrategy;
import dev.weir.job.StateBackend;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.ListState;
import dev.weir.state.ListStateDescriptor;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.SortedMapState;
import dev.weir.state.SortedMapStateDescriptor;
import dev.weir.state.StateDescriptor;
import dev.weir.state.StateTtl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of state in a whole job. */
@Timeout(60)
class StateKindsJobTest {
  private static final int SPLITS = 3;
  private static final long PER_SPLIT = 2_000;
  private static final int KEYS = 5;

  @TempDir private Path folder;
  private final MemoryTopic<String> output = new MemoryTopic<>();

  private record Numbered(long key, long number) {}

  /** Counts in every way there is, says the count if they agree, and fails if they do not. */
  private static final class Counts implements KeyedProcessFunction<Long, Numbered, String> {
    private static final long serialVersionUID = 1L;
    private static final long MOST = 50;
    private static final StateTtl DAY = StateTtl.onReadAndWrite(Duration.ofDays(1));
    private static final ReducingStateDescriptor<Long> COUNT =
        ReducingStateDescriptor.of("count", Long::sum, Long.class);
    private static final ListStateDescriptor<Long> LAST =
        ListStateDescriptor.of("last", Long.class).withTtl(DAY);
    private static final MapStateDescriptor<String, Long> PARITY =
        MapStateDescriptor.of("parity", String.class, Long.class).withTtl(DAY);
    private static final SortedMapStateDescriptor<Long, Long> NEWEST =
        SortedMapStateDescriptor.of("newest", Long.class, Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(COUNT, LAST, PARITY, NEWEST);
    }

    @Override
    public void process(Numbered value, Context<Long, String> context) {
      context.state(COUNT).add(1L);
      long count = context.state(COUNT).get().orElseThrow();
      String parity = count % 2 == 0 ? "even" : "odd";
      long ofParity = context.state(PARITY).getOr(parity, 0L) + 1;
      context.state(PARITY).put(parity, ofParity);
      check(ofParity == (count + 1) / 2, "map", count);
      countInList(context.state(LAST), count);
      countInSortedMap(context.state(NEWEST), count);
      context.collect(context.key() + " " + count);
    }

    private static void countInList(ListState<Long> last, long count) {
      check(last.get().size() == (count - 1) % MOST, "list", count);
      last.add(count);
      if (count % MOST == 0) {
        last.clear();
      }
    }

    private static void countInSortedMap(SortedMapState<Long, Long> newest, long count) {
      newest.put(count, -count);
      long next = Math.max(1, count - MOST);
      for (Map.Entry<Long, Long> entry : newest.entries()) {
        check(entry.getKey() == next && entry.getValue() == -next, "sorted map", count);
        next++;
        if (entry.getKey() <= count - MOST) {
          newest.remove(entry.getKey());
        }
      }
      check(next == count + 1, "sorted map", count);
    }

    private static void check(boolean agrees, String kind, long count) {
      if (!agrees) {
        throw new AssertionError("the " + kind + " does not agree with the count " + count);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,HEAP", "3,HEAP", "1,ROCKSDB", "3,ROCKSDB"})
  void shouldKeepEveryKindOfStateThroughFailures(int parallelism, StateBackend backend)
      throws Exception {
    AtomicInteger seen = new AtomicInteger();
    Pipeline pipeline = Pipeline.named("kinds");
    numbers(pipeline)
        .map(
            number -> {
              if (seen.incrementAndGet() % 2_000 == 0 && seen.get() <= 6_000) {
                throw new IllegalStateException("planted");
              }
              return number;
            })
        .keyBy(Numbered::key)
        .process("counts", new Counts())
        .sink("out", output);
    JobConfig config =
        JobConfig.builder()
            .parallelism(parallelism)
            .stateBackend(backend)
            .checkpointInterval(Duration.ofMillis(5))
            .checkpointStorage(folder.resolve("checkpoints"))
            .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(1), 20))
            .build();

    try (Job job = Weir.start(pipeline, config)) {
      job.await();
      assertThat(job.status().restarts()).isPositive();
    }

    assertThat(output.visible())
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, KEYS)
                .boxed()
                .flatMap(
                    key ->
                        LongStream.rangeClosed(1, SPLITS * PER_SPLIT / KEYS)
                            .mapToObj(count -> key + " " + count))
                .toList());
  }

  private static DataStream<Numbered> numbers(Pipeline pipeline) {
    return pipeline.source(
        "numbers",
        new ListSource<Numbered>(SPLITS, PER_SPLIT, true, (split, n) -> new Numbered(n % KEYS, n)));
  }

  @Test
  void shouldRefuseTwoStatesOfOneNameWhenThePipelineIsBuilt() {
    KeyedProcessFunction<Long, Numbered, String> function =
        new KeyedProcessFunction<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public List<StateDescriptor<?>> states() {
            return List.of(
                ListStateDescriptor.of("same", Long.class),
                MapStateDescriptor.of("same", Long.class, Long.class));
          }

          @Override
          public void process(Numbered value, Context<Long, String> context) {}
        };

    assertThatThrownBy(
            () -> numbers(Pipeline.named("twice")).keyBy(Numbered::key).process("twice", function))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll("twice", "same");
  }
}
