package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.error.FailureKind;
import dev.weir.job.CheckpointRetention;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.RestartStrategy;
import dev.weir.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of one job that see each other. */
@Timeout(60)
class StandbyTest {
  private static final Duration DETECTION = Duration.ofMillis(500);

  @TempDir Path folder;
  private final MemoryTopic<Long> output = new MemoryTopic<Long>().withBeacon();

  @Test
  void shouldStandByWhileAnotherOneRunsAndTakeOverWhenThatStops() throws Exception {
    try (Job owner = start();
        Job standby = startBeside(owner)) {
      assertThat(standby.await(DETECTION.multipliedBy(3))).isFalse();
      assertThat(standby.status().state()).isEqualTo(JobState.STANDBY);
      assertThat(owner.status().state()).isEqualTo(JobState.RUNNING);

      owner.stop();
      owner.await();
      await(standby, () -> standby.status().state() == JobState.RUNNING);

      assertThat(standby.status().attempt()).isEqualTo(owner.status().attempt() + 1);
      standby.stop();
      standby.await();
    }
    assertThat(output.visible()).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void shouldEndAStandbyThatIsStoppedAndLeaveTheOwnerItsCheckpoints() throws Exception {
    try (Job owner = start();
        Job stopped = startBeside(owner);
        Job cancelled = startBeside(owner)) {
      stopped.stop();
      stopped.await();
      cancelled.cancel();
      cancelled.await();

      assertThat(stopped.status().state()).isEqualTo(JobState.CANCELLED);
      assertThat(cancelled.status().state()).isEqualTo(JobState.CANCELLED);
      assertThat(output.entries()).as("what the owner has completed").isNotEmpty();
      assertThat(owner.status().state()).isEqualTo(JobState.RUNNING);
      assertThat(owner.status().restarts()).isZero();
    }
  }

  @Test
  void shouldEndAnIdleOwnerThatWasOvertakenByItself() throws Exception {
    try (Job owner = start()) {
      await(owner, () -> output.visible().size() == 100);
      assertThat(owner.await(DETECTION.multipliedBy(2))).as("it is idle and goes on").isFalse();

      output.overtake();
      output.show("weir-owner 1 alive 500 1 elsewhere/1/2#1");

      assertThat(owner.completion().toCompletableFuture().get().state())
          .isEqualTo(JobState.SUSPENDED);
      assertThat(owner.status().suspension().orElseThrow().kind()).isEqualTo(FailureKind.FENCED);
    }
  }

  @Test
  void shouldGoOnThoughAnotherOneHasShownItselfAndDied() throws Exception {
    try (Job owner = start()) {
      await(owner, () -> output.visible().size() == 100);

      output.show("weir-owner 1 alive 500 1 elsewhere/1/2#1");

      int before = output.entries().size();
      await(owner, () -> output.entries().size() > before);
      assertThat(owner.status().state()).isEqualTo(JobState.RUNNING);
    }
  }

  private Job startBeside(Job owner) throws InterruptedException {
    await(owner, () -> !output.entries().isEmpty());
    Job second = start();
    await(second, () -> second.status().state() == JobState.STANDBY);
    return second;
  }

  private static void await(Job job, BooleanSupplier holds) throws InterruptedException {
    while (!holds.getAsBoolean()) {
      assertThat(job.await(Duration.ofMillis(5))).as("ended: %s", job.status()).isFalse();
    }
  }

  private Job start() {
    Pipeline pipeline = Pipeline.named("numbers");
    pipeline.source("in", new ListSource<>(1, 100, false, (split, n) -> n)).sink("out", output);
    return Weir.start(
        pipeline,
        JobConfig.builder()
            .parallelism(1)
            .checkpointInterval(Duration.ofMillis(20))
            .checkpointStorage(folder)
            .checkpointRetention(CheckpointRetention.DELETE_ON_CANCELLATION)
            .restartStrategy(RestartStrategy.none())
            .standbyDetection(DETECTION)
            .localDirectory(folder)
            .build());
  }
}
