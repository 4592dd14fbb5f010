package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.job.CheckpointingMode;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.RestartStrategy;
import dev.weir.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code checkpoint.mode} means for a task whose one input is slower than the other. */
@Timeout(60)
class CheckpointModeTest {
  private static final Duration LONG = Duration.ofMillis(300);

  @TempDir private Path folder;
  private final CountedSink<Long> output = new CountedSink<>();
  private final AtomicReference<Thread> reader = new AtomicReference<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @Test
  void shouldWaitForTheSlowInputsBarrierWhereEachRecordCountsOnce() throws Exception {
    try (Job job = startWithABarrier(CheckpointingMode.EXACTLY_ONCE)) {
      while (writtenMeanwhile(job) > 0) {
        // The fast input's barrier is under way; the timeout bounds how long.
      }
      released.countDown();
      job.cancel();
    }
  }

  @Test
  void shouldReadOnWithoutTheSlowInputsBarrierWhereRecordsMayCountTwice() throws Exception {
    try (Job job = startWithABarrier(CheckpointingMode.AT_LEAST_ONCE)) {
      for (int i = 0; i < 5; i++) {
        assertThat(writtenMeanwhile(job)).isPositive();
      }
      released.countDown();
      job.cancel();
    }
  }

  private long writtenMeanwhile(Job job) throws InterruptedException {
    long before = output.written().get();
    assertThat(job.await(LONG)).as("ended: %s", job.status()).isFalse();
    return output.written().get() - before;
  }

  /** A checkpoint begins when the slow input can show no barrier any more. */
  private Job startWithABarrier(CheckpointingMode mode) throws InterruptedException {
    Job job = start(mode);
    while (stopped.getCount() > 0) {
      assertThat(job.await(Duration.ofMillis(5))).as("ended: %s", job.status()).isFalse();
    }
    job.savepoint(folder.resolve("savepoint").toUri());
    return job;
  }

  /** All records go to one task; the source of the other worker stops when that has begun. */
  private Job start(CheckpointingMode mode) {
    Pipeline pipeline = Pipeline.named("numbers");
    pipeline
        .source("in", new ListSource<>(2, Long.MAX_VALUE, false, (split, n) -> n))
        .map(this::stopElsewhere)
        .keyBy(n -> 1)
        .process(
            "read",
            (Long n, KeyedProcessFunction.Context<Integer, Long> context) -> {
              reader.set(Thread.currentThread());
              context.collect(n);
            })
        .sink("out", output);
    return Weir.start(
        pipeline,
        JobConfig.builder()
            .parallelism(2)
            .checkpointInterval(Duration.ofMinutes(10))
            .checkpointMode(mode)
            .checkpointStorage(folder.resolve("checkpoints"))
            .restartStrategy(RestartStrategy.none())
            .standbyDetection(Duration.ZERO)
            .build());
  }

  private Long stopElsewhere(Long number) {
    Thread reads = reader.get();
    if (reads != null && reads != Thread.currentThread()) {
      stopped.countDown();
      try {
        released.await();
      } catch (InterruptedException cancelled) {
        Thread.currentThread().interrupt();
      }
    }
    return number;
  }
}
