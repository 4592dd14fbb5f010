package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.JobFailedException;
import dev.weir.job.CheckpointRetention;
import dev.weir.job.CheckpointingMode;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.RestartStrategy;
import dev.weir.pipeline.Pipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each checkpoint option does to a whole job. */
@Timeout(60)
class CheckpointOptionsTest {
  @TempDir Path folder;
  private final MemoryTopic<Long> output = new MemoryTopic<>();

  @Test
  void shouldReadEveryOptionFromText() {
    Properties text = new Properties();
    text.put("checkpoint.interval.ms", "500");
    text.put("checkpoint.mode", "at-least-once");
    text.put("checkpoint.timeout.ms", "700");
    text.put("checkpoint.min.pause.ms", "50");
    text.put("checkpoint.retained", "3");
    text.put("checkpoint.retention", "delete-on-cancellation");
    text.put("checkpoint.write.retries", "4");

    assertThat(JobConfig.from(text).build().checkpoints())
        .isEqualTo(
            JobConfig.builder()
                .checkpointInterval(Duration.ofMillis(500))
                .checkpointMode(CheckpointingMode.AT_LEAST_ONCE)
                .checkpointTimeout(Duration.ofMillis(700))
                .checkpointMinPause(Duration.ofMillis(50))
                .retainedCheckpoints(3)
                .checkpointRetention(CheckpointRetention.DELETE_ON_CANCELLATION)
                .checkpointWriteRetries(4)
                .build()
                .checkpoints());
  }

  @Test
  void shouldNameTheSettingThatIsOutOfBounds() {
    assertThatThrownBy(() -> JobConfig.builder().checkpointWriteRetries(-1))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("Setting checkpoint.write.retries must be 0 to 100, got -1.");
  }

  @Test
  void shouldTakeOnlyTheFirstAndTheFinalCheckpointWithoutAnInterval() throws Exception {
    try (Job job = Weir.start(numbers(1_000, true), config(Duration.ZERO).build())) {
      job.await();
    }

    assertThat(output.entries()).extracting(entry -> entry.checkpointId()).containsExactly(0L, 1L);
    assertThat(output.visible()).hasSize(1_000);
  }

  @Tag("S13")
  @Test
  void shouldTakeNoCheckpointWhileNothingHappens() throws Exception {
    try (Job job = Weir.start(numbers(100, false), config(Duration.ofMillis(5)).build())) {
      awaitUntil(() -> output.visible().size() == 100);
      int then = output.entries().size();

      LockSupport.parkNanos(Duration.ofMillis(300).toNanos());

      assertThat(output.entries().size()).as("checkpoints in 60 intervals").isLessThan(then + 3);
      job.stop();
      job.await();
    }
    assertThat(output.visible()).hasSize(100);
  }

  @Test
  void shouldRefuseASinkThatPromisesMoreThanTheMode() {
    JobConfig config =
        config(Duration.ofMillis(5)).checkpointMode(CheckpointingMode.AT_LEAST_ONCE).build();

    assertThatThrownBy(() -> Weir.start(numbers(10, true), config))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("Sink 'out'")
        .hasMessageContaining("checkpoint.mode is at-least-once");
  }

  @Test
  void shouldBeginAnewAfterACancellationThatDeletesTheCheckpoints() throws Exception {
    JobConfig config = deletingOnCancellation();
    try (Job job = Weir.start(numbers(100, false), config)) {
      awaitUntil(() -> output.visible().size() == 100);
      job.cancel();
      job.await();
      assertThat(job.status().state()).isEqualTo(JobState.CANCELLED);
    }
    assertThat(output.entries()).isEmpty();
    try (Stream<Path> left = Files.list(folder.resolve("checkpoints"))) {
      assertThat(left).isEmpty();
    }

    try (Job job = Weir.start(numbers(100, true), config)) {
      job.await();
    }

    assertThat(output.visible()).as("the second run read all again").hasSize(200);
  }

  @Test
  void shouldKeepTheCheckpointsOfACancelledJobThatAnotherInstanceHasTakenOver() throws Exception {
    JobConfig config = deletingOnCancellation();
    try (Job job = Weir.start(numbers(100, false), config)) {
      awaitUntil(() -> output.visible().size() == 100);
      output.overtake();
      job.cancel();
      assertThatThrownBy(job::await)
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("has taken over");
    }

    assertThat(output.entries()).isNotEmpty();
  }

  private Pipeline numbers(long count, boolean isBounded) {
    Pipeline pipeline = Pipeline.named("numbers");
    pipeline
        .source("in", new ListSource<>(1, count, isBounded, (split, n) -> n))
        .sink("out", output);
    return pipeline;
  }

  private JobConfig deletingOnCancellation() {
    return config(Duration.ofMillis(5))
        .checkpointRetention(CheckpointRetention.DELETE_ON_CANCELLATION)
        .build();
  }

  private JobConfig.Builder config(Duration interval) {
    return JobConfig.builder()
        .parallelism(1)
        .checkpointInterval(interval)
        .checkpointStorage(folder)
        .restartStrategy(RestartStrategy.none());
  }

  private static void awaitUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is over").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
