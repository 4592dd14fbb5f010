package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.connector.Source;
import dev.weir.error.ConnectorException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.base.Threads;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.RestartStrategy;
import dev.weir.pipeline.Pipeline;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What fails in the background while an attempt is still being started. */
@Timeout(60)
class StartFailureTest {
  private static final long RECORDS = 1_000;

  @TempDir Path folder;
  private final MemoryTopic<Long> output = new MemoryTopic<>();

  @Test
  void shouldRestartWhenSomethingFailsBehindTheBackOfAnAttemptThatThenComesUp() throws Exception {
    try (Job job = Weir.start(pipeline(), config())) {
      await(() -> job.status().lastCheckpointId().orElse(0) >= 3);
    }
    AtomicInteger deletes = new AtomicInteger();
    CrashPoint.Hook failsOnce =
        (point, id) -> {
          if (point == CrashPoint.BEFORE_DELETE && deletes.incrementAndGet() == 1) {
            throw new IllegalStateException("planted: the sweep of the start fails");
          }
        };
    Ports ports = Ports.system();
    Ports inTurn = new Ports(ports.clock(), new InTurn(), ports.disk(), failsOnce);

    try (Job job = JobHandle.start(pipeline().graph(), config(), inTurn)) {
      await(() -> job.status().restarts() == 1 || job.status().state().isTerminal());
      await(() -> job.status().state() != JobState.RESTARTING);
      await(() -> job.status().state() == JobState.RUNNING || job.status().state().isTerminal());

      assertThat(job.status().state()).as("%s", job.status()).isEqualTo(JobState.RUNNING);
      long from = job.status().lastCheckpointId().orElse(0);
      await(() -> job.status().lastCheckpointId().orElse(0) > from);
    }
    assertThat(output.visible()).doesNotHaveDuplicates();
  }

  @Test
  void shouldWaitLongerEachTimeWhereTheJobDoesNotEvenComeUp() throws Exception {
    int failures = 3;
    AtomicInteger left = new AtomicInteger(failures);
    Source<Long> numbers = new ListSource<>(1, RECORDS, true, (split, n) -> n);
    Source<?> away =
        (Source<?>)
            Proxy.newProxyInstance(
                Source.class.getClassLoader(),
                new Class<?>[] {Source.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("createEnumerator") && left.getAndDecrement() > 0) {
                    throw new ConnectorException("planted: the broker is away");
                  }
                  return method.invoke(numbers, arguments);
                });
    Pipeline pipeline = Pipeline.named("numbers");
    pipeline.source("numbers", away).sink("out", new CountedSink<>());
    JobConfig config =
        JobConfig.builder()
            .parallelism(1)
            .checkpointStorage(folder.resolve("checkpoints"))
            .restartStrategy(
                new RestartStrategy.ExponentialDelay(
                    Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofMillis(500)))
            .build();

    long from = System.nanoTime();
    try (Job job = Weir.start(pipeline, config)) {
      job.await();
      assertThat(job.status().restarts()).isEqualTo(failures);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - from))
        .as("with pauses of 100, 200 and 400 ms")
        .isGreaterThan(Duration.ofMillis(690));
  }

  private Pipeline pipeline() {
    Pipeline pipeline = Pipeline.named("numbers");
    pipeline
        .source(
            "numbers",
            new ListSource<>(
                1,
                RECORDS,
                false,
                (split, n) -> {
                  LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                  return n;
                }))
        .sink("out", output);
    return pipeline;
  }

  private JobConfig config() {
    return JobConfig.builder()
        .parallelism(1)
        .checkpointStorage(folder.resolve("checkpoints"))
        .checkpointInterval(Duration.ofMillis(20))
        .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(20), 3))
        .build();
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** What an I/O thread gives to I/O threads it does itself, first: the quickest they can be. */
  private static final class InTurn implements Threads {
    private final ThreadLocal<Boolean> isIo = ThreadLocal.withInitial(() -> false);

    @Override
    public Strand strand(String name, boolean isDaemon, Runnable body) {
      return Threads.system().strand(name, isDaemon, body);
    }

    @Override
    public int processors() {
      return Threads.system().processors();
    }

    @Override
    public ExecutorService io(String name) {
      ExecutorService threads = Threads.system().io(name);
      return new AbstractExecutorService() {
        @Override
        public void execute(Runnable work) {
          if (isIo.get()) {
            work.run();
          } else {
            threads.execute(() -> runAsIo(work));
          }
        }

        private void runAsIo(Runnable work) {
          isIo.set(true);
          try {
            work.run();
          } finally {
            isIo.set(false);
          }
        }

        @Override
        public void shutdown() {
          threads.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
          return threads.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
          return threads.isShutdown();
        }

        @Override
        public boolean isTerminated() {
          return threads.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
          return threads.awaitTermination(timeout, unit);
        }
      };
    }
  }
}
