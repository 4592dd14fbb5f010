package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.FailureKind;
import dev.weir.error.JobFailedException;
import dev.weir.error.UnrecoverableConnectorException;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobListener;
import dev.weir.job.JobState;
import dev.weir.job.JobStatus;
import dev.weir.job.RestartStrategy;
import dev.weir.job.Suspension;
import dev.weir.pipeline.Pipeline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of a job's life from outside. */
@Timeout(60)
class JobLifeTest {
  @TempDir Path folder;
  private final MemoryTopic<Long> output = new MemoryTopic<>();
  private final List<String> told = new CopyOnWriteArrayList<>();

  /** Writes down what it is told. */
  private final class Notes implements JobListener {
    @Override
    public void onStateChange(JobState before, JobStatus now) {
      told.add(before + " to " + now.state());
      throw new IllegalStateException("a listener may throw");
    }

    @Override
    public void onFailure(FailureKind kind, Throwable failure) {
      told.add(kind.toString());
    }

    @Override
    public void onCheckpoint(long checkpointId, Duration duration, long bytes) {
      told.add("checkpoint " + checkpointId);
    }
  }

  @Test
  void shouldTellListenersOfEachStateCheckpointAndFailureInOrder() throws Exception {
    AtomicInteger failures = new AtomicInteger(1);

    try (Job job = Weir.start(numbers(n -> failOnce(failures)), config(2).build())) {
      job.await();
    }

    assertThat(told)
        .containsExactly(
            "CREATED to RESTORING",
            "RESTORING to RUNNING",
            "checkpoint 0",
            "USER_CODE",
            "RUNNING to FAILING",
            "FAILING to RESTARTING",
            "RESTARTING to RESTORING",
            "RESTORING to RUNNING",
            "RUNNING to STOPPING",
            "checkpoint 1",
            "STOPPING to FINISHED");
  }

  @Test
  void shouldBeSuspendedWhenTheBudgetIsUsedAndGoOnWhenItIsStartedAgain() throws Exception {
    AtomicInteger failures = new AtomicInteger(3);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Job job = Weir.start(numbers(n -> failOnce(failures)), config(2).meters(meters).build())) {
      JobStatus last = job.completion().toCompletableFuture().get(20, TimeUnit.SECONDS);

      assertThat(last.state()).isEqualTo(JobState.SUSPENDED);
      Suspension suspension = last.suspension().orElseThrow();
      assertThat(suspension.kind()).isEqualTo(FailureKind.USER_CODE);
      assertThat(suspension.reason()).contains("map-1", "planted");
      assertThat(suspension.diagnostics())
          .contains("attempt 3", "2 restarts", "Last checkpoint: 0, kept", "attempt 1, USER_CODE");
      Path file = suspension.file().orElseThrow();
      assertThat(file).startsWith(folder);
      assertThat(Files.readString(file))
          .startsWith(suspension.diagnostics())
          .contains("checkpoint.timeout.ms = 60000", "restart.strategy = FixedDelay")
          .contains("Caused by: java.lang.IllegalStateException: planted\n\tat ");
      assertThatThrownBy(job::await)
          .isInstanceOf(JobFailedException.class)
          .hasMessageContainingAll("is suspended", "planted", file.toString());
    }

    try (Job job = Weir.start(numbers(n -> {}), config(0).build())) {
      job.await();
    }

    assertThat(output.visible()).hasSize(100).doesNotHaveDuplicates();
  }

  @Tag("N27")
  @Test
  void shouldEndTheAttemptAtOnceByAnErrorAndLeaveTheProcessAlone() throws Exception {
    AtomicInteger failures = new AtomicInteger(1);
    Pipeline pipeline =
        numbers(
            n -> {
              if (failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("planted");
              }
            });

    try (Job job = Weir.start(pipeline, config(2).build())) {
      job.await();
      assertThat(job.status().restarts()).isOne();
    }

    assertThat(told).contains("RESOURCE");
    assertThat(output.visible()).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void shouldBeSuspendedByWhatNoRestartCanMend() throws Exception {
    Pipeline pipeline =
        numbers(
            n -> {
              throw new NoClassDefFoundError("planted");
            });

    try (Job job = Weir.start(pipeline, config(20).build())) {
      JobStatus last = job.completion().toCompletableFuture().get(20, TimeUnit.SECONDS);

      assertThat(last.restarts()).isZero();
      assertThat(last.suspension().orElseThrow().kind()).isEqualTo(FailureKind.SETUP);
    }
  }

  @Test
  void shouldBeSuspendedByWhatASinkCannotPrepareAndNoRestartCanMend() throws Exception {
    output.refusing(new UnrecoverableConnectorException("planted: the topic is gone"));

    try (Job job = Weir.start(numbers(n -> {}), config(20).build())) {
      JobStatus last = job.completion().toCompletableFuture().get(20, TimeUnit.SECONDS);

      assertThat(last.restarts()).isZero();
      assertThat(last.suspension().orElseThrow().kind()).isEqualTo(FailureKind.CONNECTOR_FATAL);
    }
  }

  @Test
  void shouldShowItsStateAsAMeter() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    AtomicInteger seen = new AtomicInteger();

    try (Job job =
        Weir.start(
            numbers(
                n ->
                    seen.addAndGet(
                        (int)
                            meters.get("weir.job.state").tag("state", "running").gauge().value())),
            config(0).meters(meters).build())) {
      job.await();
    }

    assertThat(seen).as("it was running for each record").hasValue(100);
  }

  private static void failOnce(AtomicInteger failures) {
    if (failures.getAndDecrement() > 0) {
      throw new IllegalStateException("planted");
    }
  }

  private Pipeline numbers(LongConsumer hook) {
    Pipeline pipeline = Pipeline.named("numbers");
    pipeline
        .source("in", new ListSource<>(1, 100, true, (split, n) -> n))
        .map(
            n -> {
              hook.accept(n);
              return n;
            })
        .sink("out", output);
    return pipeline;
  }

  private JobConfig.Builder config(int restarts) {
    return JobConfig.builder()
        .parallelism(1)
        .checkpointInterval(Duration.ZERO)
        .checkpointStorage(folder)
        .localDirectory(folder.resolve("local"))
        .listener(new Notes())
        .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(1), restarts));
  }
}
