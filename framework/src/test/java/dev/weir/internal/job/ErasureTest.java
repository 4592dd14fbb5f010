package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.error.ConnectorException;
import dev.weir.error.FailureKind;
import dev.weir.error.FencedException;
import dev.weir.job.CheckpointRetention;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.JobStatus;
import dev.weir.job.RestartStrategy;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job that deletes its checkpoints when it is cancelled, and is cancelled at a bad moment. */
@Timeout(60)
class ErasureTest {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration LATE = Duration.ofHours(1);

  @TempDir Path folder;
  private final MemoryTopic<Long> output = new MemoryTopic<>();
  private final CompletableFuture<Job> job = new CompletableFuture<>();
  private final AtomicInteger seen = new AtomicInteger();

  @Test
  void shouldEraseItsCheckpointsWhileItWaitsForARestart() throws Exception {
    startAndFail(LATE);
    awaitRestarting();

    job.join().cancel();

    assertThat(last().state()).isEqualTo(JobState.CANCELLED);
    assertThat(output.entries()).isEmpty();
  }

  @Test
  void shouldEraseItsCheckpointsWhenItIsCancelledWhileItIsRestoredInVain() throws Exception {
    AtomicInteger takeOvers = new AtomicInteger();
    output.afterTakeOver(
        () -> {
          if (takeOvers.incrementAndGet() == 2) {
            job.join().cancel();
            removeManifests();
          }
        });

    startAndFail(SOON);

    assertThat(last().state()).isEqualTo(JobState.CANCELLED);
    assertThat(output.entries()).isEmpty();
  }

  @Tag("S32")
  @Test
  void shouldLeaveToANewOwnerWhatItHasWhileItWaitsForARestart() throws Exception {
    startAndFail(LATE);
    awaitRestarting();

    overtakeAndCancel();

    assertThatTheNewOwnerHasEverything();
  }

  @Tag("S32")
  @Test
  void shouldLeaveToANewOwnerWhatItHasWhenItIsCancelledWhileItFails() throws Exception {
    AtomicInteger checks = new AtomicInteger();
    output.afterCheck(
        () -> {
          if (checks.incrementAndGet() == 1) { // It looks for the reason of its failure.
            overtakeAndCancel();
          }
        });

    startAndFail(LATE);

    assertThatTheNewOwnerHasEverything();
  }

  @Tag("S32")
  @Test
  void shouldLeaveToANewOwnerWhatItHasWhenItIsCancelledWhileItStartsInVain() throws Exception {
    AtomicInteger takeOvers = new AtomicInteger();
    output.afterTakeOver(
        () -> {
          if (takeOvers.incrementAndGet() == 2) {
            overtakeAndCancel();
            throw new ConnectorException("The broker is lost. This is planted.");
          }
        });

    startAndFail(SOON);

    assertThatTheNewOwnerHasEverything();
  }

  @Tag("S32")
  @Test
  void shouldLeaveToAFasterOneWhatItHasWhenItIsCancelledWhileItTakesOver() throws Exception {
    seen.set(100);
    try (Job before = start(LATE)) {
      before.stop();
      before.await();
    }
    output.afterTakeOver(
        () -> {
          overtakeAndCancel();
          throw new FencedException("Another one was faster. This is planted.");
        });

    job.complete(start(LATE));

    assertThat(last().state()).isEqualTo(JobState.CANCELLED);
    assertThat(output.entries()).as("what the faster one goes on from").isNotEmpty();
  }

  private void startAndFail(Duration delay) {
    job.complete(start(delay));
  }

  private Job start(Duration delay) {
    Pipeline pipeline = Pipeline.named("numbers");
    pipeline
        .source("in", new ListSource<>(1, 100, false, (split, n) -> n))
        .map(
            n -> {
              if (seen.incrementAndGet() == 100) {
                throw new IllegalStateException("planted");
              }
              return n;
            })
        .sink("out", output);
    return Weir.start(
        pipeline,
        JobConfig.builder()
            .parallelism(1)
            .checkpointInterval(Duration.ofMillis(5))
            .checkpointStorage(folder)
            .checkpointRetention(CheckpointRetention.DELETE_ON_CANCELLATION)
            .localDirectory(folder.resolve("local"))
            .restartStrategy(RestartStrategy.fixedDelay(delay, 20))
            .build());
  }

  private void awaitRestarting() {
    while (job.join().status().state() != JobState.RESTARTING) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void overtakeAndCancel() {
    output.overtake();
    job.join().cancel();
  }

  private void removeManifests() {
    try (var files = Files.walk(folder.resolve("checkpoints"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JobStatus last() throws Exception {
    return job.join().completion().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private void assertThatTheNewOwnerHasEverything() throws Exception {
    JobStatus last = last();
    assertThat(last.state()).isEqualTo(JobState.SUSPENDED);
    assertThat(last.suspension().orElseThrow().kind()).isEqualTo(FailureKind.FENCED);
    assertThat(output.entries()).as("what the new owner goes on from").isNotEmpty();
  }
}
