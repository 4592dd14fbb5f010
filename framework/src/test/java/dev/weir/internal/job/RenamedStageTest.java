package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.InvalidPipelineException;
import dev.weir.error.RestoreException;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.RestartStrategy;
import dev.weir.job.SavepointDiff;
import dev.weir.job.StateBackend;
import dev.weir.pipeline.Pipeline;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Stages go on under another name, and not by chance. */
@Timeout(120)
class RenamedStageTest {
  private static final long RECORDS = 20_000;

  @TempDir Path folder;
  private final MemoryTopic<String> output = new MemoryTopic<>();

  @ParameterizedTest
  @CsvSource({"HEAP,HEAP,1", "ROCKSDB,ROCKSDB,3", "HEAP,ROCKSDB,2", "ROCKSDB,HEAP,2"})
  void shouldGoOnUnderTheNameOfNowAndKeepIt(StateBackend before, StateBackend after, int n)
      throws Exception {
    runUntilStopped(first(), config(2, before).build());
    Pipeline renamed = Pipeline.named("job");
    renamed
        .source("numbers", numbers(false))
        .renamedFrom("in")
        .keyBy(number -> number % 5)
        .process("total", new SavepointTest.Count())
        .renamedFrom("sum")
        .renamedFrom("count")
        .sink("out", output);
    runUntilStopped(renamed, config(n, after).build());
    Pipeline last = Pipeline.named("job");
    last.source("numbers", numbers(true))
        .keyBy(number -> number % 5)
        .process("total", new SavepointTest.Count())
        .sink("out", output);

    try (Job job = Weir.start(last, config(1, after).build())) {
      job.await();
    }

    assertThat(output.visible()).containsExactlyInAnyOrderElementsOf(everyCountOnce());
  }

  @Test
  void shouldRefuseARenameThatNobodyHasDeclaredAndNameTheNearMiss() throws Exception {
    URI savepoint = folder.resolve("savepoint").toUri();
    JobConfig.Builder config = config(1, StateBackend.HEAP);
    try (Job job = Weir.start(first(), config.build())) {
      awaitVisible(500);
      job.stopWithSavepoint(savepoint).toCompletableFuture().get(30, TimeUnit.SECONDS);
      job.await();
    }
    Pipeline renamed = counting("counts");

    SavepointDiff refused = Weir.diff(renamed, config.build(), savepoint);
    assertThat(refused.isCompatible()).isFalse();
    assertThat(refused.dropped()).containsExactly("count");
    assertThat(refused.added()).containsExactly("counts");
    assertThatThrownBy(refused::requireCompatible)
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining(".renamedFrom(\"count\")");
    try (Job job = Weir.start(renamed, config.build())) {
      assertThatThrownBy(job::await)
          .hasCauseInstanceOf(RestoreException.class)
          .hasMessageContaining("Is 'counts' what 'count' was?");
    }

    Pipeline declared = Pipeline.named("job");
    declared
        .source("in", numbers(true))
        .keyBy(number -> number % 5)
        .process("counts", new SavepointTest.Count())
        .renamedFrom("count")
        .sink("out", output);
    SavepointDiff fits = Weir.diff(declared, config.build(), savepoint).requireCompatible();
    assertThat(fits.kept()).containsExactly("counts", "in");
    assertThat(fits.renamed()).isEqualTo(Map.of("counts", "count"));
    assertThat(fits.added()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldBeginEmptyWhereAStageOfThatNameWasDroppedBefore(StateBackend backend)
      throws Exception {
    JobConfig.Builder config = config(1, backend).localDirectory(folder.resolve("local"));
    runUntilStopped(first(), config.build());
    Pipeline without = Pipeline.named("job");
    without.source("in", numbers(false)).map(number -> "not counted").sink("out", output);
    runUntilStopped(without, config.allowDropped("count").build());

    int earlier = output.visible().size();
    Pipeline again = Pipeline.named("job");
    again
        .source("in", new ListSource<Long>(1, 2 * RECORDS, true, (split, n) -> n))
        .keyBy(number -> number % 5)
        .process("count", new SavepointTest.Count())
        .sink("out", output);
    try (Job job = Weir.start(again, config.build())) {
      job.await();
    }

    List<String> counted = output.visible().subList(earlier, output.visible().size());
    assertThat(counted).contains("0:1", "1:1", "2:1", "3:1", "4:1").doesNotHaveDuplicates();
  }

  @Test
  void shouldRefuseNamesThatAreNotClear() {
    Pipeline nameless = Pipeline.named("job");
    assertThatThrownBy(
            () -> nameless.source("in", numbers(true)).map(number -> number).renamedFrom("old"))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("only sources and stages with state");
    Pipeline twice = Pipeline.named("job");
    twice.source("in", numbers(true)).renamedFrom("old");
    assertThatThrownBy(() -> twice.source("more", numbers(true)).renamedFrom("old"))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("'in' and 'more'");
    Pipeline used = Pipeline.named("job");
    used.source("in", numbers(true))
        .renamedFrom("count")
        .keyBy(number -> number)
        .process("count", new SavepointTest.Count())
        .sink("out", output);
    assertThatThrownBy(used::graph)
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("another stage is called so now");
  }

  private void runUntilStopped(Pipeline pipeline, JobConfig config) throws InterruptedException {
    int before = output.visible().size();
    try (Job job = Weir.start(pipeline, config)) {
      awaitVisible(before + 500);
      job.stop();
      job.await();
    }
  }

  private Pipeline first() {
    Pipeline pipeline = Pipeline.named("job");
    pipeline
        .source("in", numbers(false))
        .keyBy(number -> number % 5)
        .process("count", new SavepointTest.Count())
        .sink("out", output);
    return pipeline;
  }

  private Pipeline counting(String stage) {
    Pipeline pipeline = Pipeline.named("job");
    pipeline
        .source("in", numbers(true))
        .keyBy(number -> number % 5)
        .process(stage, new SavepointTest.Count())
        .sink("out", output);
    return pipeline;
  }

  private static ListSource<Long> numbers(boolean isBounded) {
    return new ListSource<>(1, RECORDS, isBounded, (split, n) -> n);
  }

  private static List<String> everyCountOnce() {
    return LongStream.rangeClosed(1, RECORDS / 5)
        .boxed()
        .flatMap(n -> LongStream.range(0, 5).mapToObj(key -> key + ":" + n))
        .toList();
  }

  private JobConfig.Builder config(int parallelism, StateBackend backend) {
    return JobConfig.builder()
        .parallelism(parallelism)
        .stateBackend(backend)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve("checkpoints"))
        .restartStrategy(RestartStrategy.none());
  }

  private void awaitVisible(int count) {
    await(() -> output.visible().size() >= Math.min(count, RECORDS));
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is over").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
