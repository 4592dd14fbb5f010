package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.QueryFailedException;
import dev.weir.function.KeyedBroadcastProcessFunction;
import dev.weir.function.ProcessFunction;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.ReadLevel;
import dev.weir.job.RestartStrategy;
import dev.weir.job.StateQuery;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.TaskListDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Questions to running jobs about what their tasks keep besides the state of keys. */
@Timeout(60)
class TaskQueryTest {
  private static final long RATES = 20;
  private static final long RECORDS = 200;
  private static final long MANY = 3_000;

  @TempDir private Path folder;
  private final MemoryTopic<String> output = new MemoryTopic<>();

  /** Keeps the newest rate of each currency. */
  private static final class Rated
      implements KeyedBroadcastProcessFunction<Long, Long, Long, String> {
    private static final long serialVersionUID = 1L;
    private static final MapStateDescriptor<String, Long> RATE =
        MapStateDescriptor.of("rate", String.class, Long.class);

    @Override
    public void process(Long order, KeyedBroadcastProcessFunction.Context<Long, String> context) {
      context.collect("order " + order);
    }

    @Override
    public void processBroadcast(Long rate, BroadcastContext<String> context) {
      context.broadcastState(RATE).put("c" + rate % 4, rate);
    }
  }

  /** Keeps all records of the task. */
  private static final class Keep implements ProcessFunction<Long, String> {
    private static final long serialVersionUID = 1L;
    private static final TaskListDescriptor<Long> KEPT =
        TaskListDescriptor.split("kept", Long.class);

    @Override
    public List<TaskListDescriptor<?>> states() {
      return List.of(KEPT);
    }

    @Override
    public void process(Long value, ProcessFunction.Context<String> context) {
      context.state(KEPT).add(value);
      context.collect(value.toString());
    }
  }

  @Test
  void shouldShowWhatIsKeptOfBroadcastRecords() throws Exception {
    Pipeline pipeline = Pipeline.named("rated");
    var rates = pipeline.source("rates", new ListSource<>(1, RATES, false, (split, n) -> n));
    pipeline
        .source("orders", new ListSource<>(2, RECORDS, false, (split, n) -> n))
        .keyBy(n -> n % 5)
        .connect(rates.broadcast(Rated.RATE))
        .process("rated", new Rated())
        .sink("out", output);

    try (Job job = Weir.start(pipeline, config(2))) {
      Eventually.await(() -> output.visible().size() == 2 * RECORDS);
      for (ReadLevel level : ReadLevel.values()) {
        var query = StateQuery.broadcast(Rated.RATE).at(level);
        Eventually.await(
            () ->
                ask(job, "rated", query)
                    .equals(
                        List.of(
                            Map.entry("c0", 16L),
                            Map.entry("c1", 17L),
                            Map.entry("c2", 18L),
                            Map.entry("c3", 19L))));
        assertThat(ask(job, "rated", query.limit(1))).containsExactly(Map.entry("c0", 16L));
      }
      var other = MapStateDescriptor.of("rate", String.class, String.class);
      assertThatThrownBy(() -> ask(job, "rated", StateQuery.broadcast(other)))
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'rate' of its tasks with [string, string]")
          .hasMessageContaining("have [string, long]");
      assertThatThrownBy(() -> job.query("orders", StateQuery.broadcast(Rated.RATE)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("stage 'orders', its stages with state of tasks are [rated]");
    }
  }

  @Test
  void shouldShowTheListOfEachTask() throws Exception {
    try (Job job = Weir.start(keeping(2), config(2))) {
      Eventually.await(() -> output.visible().size() == 2 * RECORDS);
      for (ReadLevel level : ReadLevel.values()) {
        for (int subtask = 0; subtask < 2; subtask++) {
          var query = StateQuery.taskList(Keep.KEPT, subtask).at(level);
          Eventually.await(() -> ask(job, "keep", query).size() == RECORDS);
          assertThat(ask(job, "keep", query))
              .containsExactlyElementsOf(LongStream.range(0, RECORDS).boxed().toList());
          assertThat(ask(job, "keep", query.limit(2))).containsExactly(0L, 1L);
        }
      }
      assertThatThrownBy(() -> ask(job, "keep", StateQuery.taskList(Keep.KEPT, 2)))
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("subtask 2 but runs with 2. Ask for one from 0 to 1.");
      assertThatThrownBy(
              () ->
                  ask(
                      job,
                      "keep",
                      StateQuery.taskList(TaskListDescriptor.split("left", Long.class), 0)))
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'left' of its tasks")
          .hasMessageContaining("have [kept]");
    }
  }

  @Test
  void shouldNeverShowCommittedStateThatIsRolledBackLater() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    Pipeline pipeline = Pipeline.named("kept");
    pipeline
        .source("numbers", new ListSource<>(1, MANY, false, (split, n) -> n))
        .process("keep", new Keep())
        .map(
            text -> {
              if (seen.incrementAndGet() % 1_000 == 0) {
                throw new IllegalStateException("planted");
              }
              LockSupport.parkNanos(1_000); // So that there are checkpoints between two failures.
              return text;
            })
        .sink("out", output);
    int committed = 0;

    try (Job job = Weir.start(pipeline, config(1))) {
      while (committed < MANY) {
        List<Long> now = askIfRunning(job, committed);
        assertThat(now).as("never less than was seen").hasSizeGreaterThanOrEqualTo(committed);
        assertThat(new HashSet<>(output.visible()))
            .as("its output is there")
            .containsAll(now.stream().map(String::valueOf).toList());
        committed = now.size();
      }
      assertThat(job.status().restarts()).isPositive();
    }
  }

  /** As many as before between two attempts. */
  private static List<Long> askIfRunning(Job job, int before) throws Exception {
    try {
      return ask(job, "keep", StateQuery.taskList(Keep.KEPT, 0).limit((int) MANY));
    } catch (ExecutionException e) {
      assertThat(e).cause().isInstanceOf(QueryFailedException.class);
      return LongStream.range(0, before).boxed().toList();
    }
  }

  private Pipeline keeping(int splits) {
    Pipeline pipeline = Pipeline.named("kept");
    pipeline
        .source("numbers", new ListSource<>(splits, RECORDS, false, (split, n) -> n))
        .process("keep", new Keep())
        .sink("out", output);
    return pipeline;
  }

  private static <R> R ask(Job job, String stage, StateQuery<R> query) throws Exception {
    return job.query(stage, query).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private JobConfig config(int parallelism) {
    return JobConfig.builder()
        .parallelism(parallelism)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve("checkpoints"))
        .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(1), 50))
        .build();
  }
}
