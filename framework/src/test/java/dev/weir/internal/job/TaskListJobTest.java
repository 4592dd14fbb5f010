package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.function.ProcessFunction;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.SavepointDiff;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.TaskListDescriptor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole jobs with lists that belong to tasks. */
@Timeout(60)
class TaskListJobTest {
  private static final int SPLITS = 3;
  private static final long PER_SPLIT = 3_000;

  @TempDir private Path folder;
  private final MemoryTopic<String> output = new MemoryTopic<>();

  /** Keeps nothing. */
  private static final class Nothing implements ProcessFunction<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(String value, Context<String> context) {
      context.collect(value);
    }
  }

  /** Puts seven records into one. */
  private static final class Gather implements ProcessFunction<String, String> {
    private static final long serialVersionUID = 1L;
    private static final TaskListDescriptor<String> WAITING =
        TaskListDescriptor.split("waiting", String.class);

    @Override
    public List<TaskListDescriptor<?>> states() {
      return List.of(WAITING);
    }

    @Override
    public void process(String value, Context<String> context) {
      context.state(WAITING).add(value);
      if (context.state(WAITING).get().size() >= 7) {
        give(context);
      }
    }

    @Override
    public void onWatermark(long watermark, Context<String> context) {
      if (watermark == Long.MAX_VALUE && !context.state(WAITING).get().isEmpty()) {
        give(context);
      }
    }

    private static void give(Context<String> context) {
      context.collect(String.join(",", context.state(WAITING).get()));
      context.state(WAITING).clear();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,3", "3,3", "3,2"})
  void shouldKeepTheListsOfTasksThoughTheirNumberChanges(int before, int after) throws Exception {
    try (Job job = Weir.start(gathered(false), config(before))) {
      awaitVisible(20);
      job.stop();
      job.await();
    }

    try (Job job = Weir.start(gathered(true), config(after))) {
      job.await();
    }

    assertThat(output.visible())
        .flatExtracting(numbers -> List.of(numbers.split(",", -1)))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, SPLITS)
                .boxed()
                .flatMap(split -> LongStream.range(0, PER_SPLIT).mapToObj(n -> split + "-" + n))
                .toList());
  }

  private Pipeline gathered(boolean isBounded) {
    Pipeline pipeline = Pipeline.named("gathered");
    numbers(pipeline, isBounded).process("gather", new Gather()).sink("out", output);
    return pipeline;
  }

  @Test
  void shouldRefuseToForgetWhatTasksKeep() throws Exception {
    try (Job job = Weir.start(gathered(false), config(2))) {
      awaitVisible(20);
      job.stop();
      job.await();
    }
    Pipeline other = Pipeline.named("gathered");
    other
        .source("numbers", new ListSource<>(SPLITS, PER_SPLIT, true, (split, n) -> n))
        .keyBy(n -> n % 5)
        .process("gather", (KeyedProcessFunction<Long, Long, String>) (value, context) -> {})
        .sink("out", output);

    Job job = Weir.start(other, config(2));

    assertThatThrownBy(job::await)
        .hasStackTraceContaining("Stage 'gather'")
        .hasStackTraceContaining("expected state per key");
  }

  @Test
  void shouldKnowTheListsOfTasksInSavepointsAndUnderAnotherNameOfTheirStage() throws Exception {
    URI savepoint = folder.resolve("savepoint").toUri();
    try (Job job = Weir.start(gathered(false), config(2))) {
      awaitVisible(20);
      job.stopWithSavepoint(savepoint).toCompletableFuture().get(30, TimeUnit.SECONDS);
      job.await();
    }
    Pipeline renamed = Pipeline.named("gathered");
    numbers(renamed, true)
        .process("collect", new Gather())
        .renamedFrom("gather")
        .sink("out", output);
    Pipeline without = Pipeline.named("gathered");
    numbers(without, true).process("gather", new Nothing()).sink("out", output);

    SavepointDiff kept = Weir.diff(renamed, config(2), savepoint);
    SavepointDiff lost = Weir.diff(without, config(2), savepoint);
    try (Job job = Weir.start(renamed, config(1))) {
      job.await();
    }

    assertThat(kept.isCompatible()).isTrue();
    assertThat(kept.kept()).containsExactly("collect", "numbers");
    assertThat(lost.incompatible())
        .singleElement()
        .asString()
        .contains("stage 'gather'", "State 'waiting' of the tasks", "Declare it again");
    assertThat(output.visible())
        .flatExtracting(numbers -> List.of(numbers.split(",", -1)))
        .hasSize((int) (SPLITS * PER_SPLIT))
        .doesNotHaveDuplicates();
  }

  private static DataStream<String> numbers(Pipeline pipeline, boolean isBounded) {
    return pipeline.source(
        "numbers",
        new ListSource<>(
            SPLITS, PER_SPLIT, isBounded, (split, n) -> split.replaceAll("\\D", "") + "-" + n));
  }

  private JobConfig config(int parallelism) {
    return JobConfig.builder()
        .parallelism(parallelism)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve("checkpoints"))
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
