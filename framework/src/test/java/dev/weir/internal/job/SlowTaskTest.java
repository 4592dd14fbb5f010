package dev.weir.internal.job;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.CheckpointFailedException;
import dev.weir.error.FailureKind;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobListener;
import dev.weir.job.RestartStrategy;
import dev.weir.pipeline.Pipeline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of a job in which one task is much slower than its source. */
@Timeout(60)
class SlowTaskTest {
  @TempDir Path folder;
  private final MemoryTopic<Long> output = new MemoryTopic<>();

  /** Takes its time for each record. */
  static final class Slow implements KeyedProcessFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;
    private final long millis;

    Slow(long millis) {
      this.millis = millis;
    }

    @Override
    public void process(Long value, Context<Long, Long> context) {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (System.nanoTime() < until) {
        LockSupport.parkNanos(until - System.nanoTime());
      }
      context.collect(value);
    }
  }

  @Tag("S31")
  @Tag("N28")
  @Test
  void shouldKeepCheckpointsShortThoughATaskNeedsTenMillisecondsForARecord() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    JobConfig config =
        config(2)
            .checkpointInterval(Duration.ofMillis(50))
            .checkpointTimeout(Duration.ofSeconds(10))
            .meters(meters)
            .build();

    try (Job job = Weir.start(pipeline(10), config)) {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(6);
      while (System.nanoTime() < until && !job.status().state().isTerminal()) {
        LockSupport.parkNanos(10_000_000);
      }

      assertThat(job.status().restarts()).isZero();
      assertThat(job.status().lastCheckpointId().orElse(-1)).isGreaterThan(5);
      assertThat(meters.get("weir.checkpoint.duration").timer().max(TimeUnit.MILLISECONDS))
          .as("ten seconds of records are waiting, a checkpoint must not wait for them")
          .isLessThan(3_000);
    }
  }

  @Tag("N28")
  @Test
  void shouldNameTheEdgeBehindWhichABarrierWaitsForASlowTask() throws Exception {
    List<String> failures = new CopyOnWriteArrayList<>();
    JobConfig config =
        config(2)
            .checkpointInterval(Duration.ofMillis(300))
            .checkpointTimeout(Duration.ofMillis(100))
            .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(1), 100))
            .listener(noting(failures))
            .build();

    try (Job job = Weir.start(pipeline(10), config)) {
      Pattern named =
          Pattern.compile("held by .*edge in#\\d -> slow#\\d: its barrier is behind records");
      while (failures.stream().noneMatch(failure -> named.matcher(failure).find())) {
        assertThat(job.await(Duration.ofMillis(10))).as("ended, %s", failures).isFalse();
      }
    }
  }

  private static JobListener noting(List<String> failures) {
    return new JobListener() {
      @Override
      public void onFailure(FailureKind kind, Throwable failure) {
        failures.add(failure.getMessage());
      }
    };
  }

  @Tag("S33")
  @Test
  void shouldNameTheTaskThatHeldACheckpointUntilItsTimeout() {
    JobConfig config =
        config(2)
            .checkpointInterval(Duration.ofMillis(50))
            .checkpointTimeout(Duration.ofSeconds(1))
            .build();

    try (Job job = Weir.start(pipeline(700), config)) {
      assertThatThrownBy(job::await)
          .hasCauseInstanceOf(CheckpointFailedException.class)
          .hasMessageContaining("It is held by ")
          .hasMessageContaining("busy in task slow#");
    }
  }

  /** It is interrupted when it has had some seconds to return. */
  @Tag("N26")
  @Test
  void shouldNameUserCodeThatNeverReturnsInterruptItAndGoOn() throws Exception {
    List<String> failures = new CopyOnWriteArrayList<>();
    JobConfig config =
        config(2)
            .checkpointInterval(Duration.ofMillis(50))
            .checkpointTimeout(Duration.ofSeconds(1))
            .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(1), 1))
            .listener(noting(failures))
            .build();

    try (Job job = Weir.start(pipeline(new StuckOnce()), config)) {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (System.nanoTime() < until && output.visible().isEmpty()) {
        LockSupport.parkNanos(10_000_000);
      }

      assertThat(job.status().restarts()).isOne();
      assertThat(output.visible().stream().collect(groupingBy(n -> n, counting())).values())
          .as("how often a number is there that each split has once")
          .allMatch(times -> times <= 2);
      assertThat(failures).hasSize(1);
      assertThat(failures.get(0)).contains("It is held by ", "busy in task slow#");
    }
  }

  /** Waits for ever at its first record. */
  static final class StuckOnce implements KeyedProcessFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;
    private static final AtomicBoolean IS_STUCK = new AtomicBoolean();

    @Override
    public void process(Long value, Context<Long, Long> context) throws Exception {
      if (IS_STUCK.compareAndSet(false, true)) {
        new CountDownLatch(1).await();
      }
      context.collect(value);
    }
  }

  private Pipeline pipeline(long millis) {
    return pipeline(new Slow(millis));
  }

  private Pipeline pipeline(KeyedProcessFunction<Long, Long, Long> function) {
    Pipeline pipeline = Pipeline.named("slow");
    pipeline
        .source("in", new ListSource<>(2, 1_000_000, false, (split, n) -> n))
        .keyBy(n -> n)
        .process("slow", function)
        .sink("out", output);
    return pipeline;
  }

  private JobConfig.Builder config(int parallelism) {
    return JobConfig.builder()
        .parallelism(parallelism)
        .checkpointStorage(folder)
        .restartStrategy(RestartStrategy.none());
  }
}
