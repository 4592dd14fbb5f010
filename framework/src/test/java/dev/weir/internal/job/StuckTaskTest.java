package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.function.MapFunction;
import dev.weir.internal.base.Threads;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.RestartStrategy;
import dev.weir.job.StuckTask;
import dev.weir.pipeline.Pipeline;
import dev.weir.time.Clock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job all of whose workers stand in user code, by a clock that the test moves. */
@Timeout(60)
class StuckTaskTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofMinutes(20);
  private static final long SLOW_MILLIS = 500;
  private static final long FAST_MILLIS = 2_000;

  private static volatile CountDownLatch gate = new CountDownLatch(0);
  private static volatile CountDownLatch stands = gate;

  @TempDir Path folder;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MemoryTopic<Long> output = new MemoryTopic<>();
  private final AtomicLong length = new AtomicLong(1);
  private final ListSource<Long> source = ListSource.waiting(length::get, (split, n) -> n);
  private final AtomicLong now = new AtomicLong(1_000_000);

  /** Passes a gate at its second record. */
  static final class Remote implements MapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long map(Long value) throws Exception {
      if (value == 1) {
        stands.countDown();
        gate.await();
      }
      return value;
    }
  }

  @Tag("N26")
  @Test
  void shouldTellWhereATaskStandsAndThatItHasReturned() {
    try (Job job = start(Duration.ofSeconds(10))) {
      stand();

      assertThat(job.status().stuck()).isEmpty();
      passUntil(() -> !job.status().stuck().isEmpty());
      StuckTask stuck = job.status().stuck().get(0);
      assertThat(stuck.task()).isEqualTo("in#0");
      assertThat(stuck.thread()).isEqualTo("weir-calls-worker-0");
      assertThat(stuck.lasted()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
      assertThat(stuck.stack().toString()).contains("Remote.map");
      assertThat(meters.get("weir.tasks.stuck").gauge().value()).isOne();

      gate.countDown();
      passUntil(() -> job.status().stuck().isEmpty());
      passUntil(() -> output.visible().equals(List.of(0L, 1L)));
      assertThat(meters.get("weir.tasks.stuck").gauge().value()).isZero();
      assertThat(job.status().restarts()).isZero();
    }
  }

  @Tag("N26")
  @Test
  void shouldNotTakeAJobForIdleThatIsStuckAndGoOnByARestart() {
    try (Job job = start(Duration.ofSeconds(10))) {
      beIdle(job);
      stand();

      long stoodAt = now.get();
      while (job.status().restarts() == 0) {
        pass(FAST_MILLIS);
      }
      assertThat(Duration.ofMillis(now.get() - stoodAt))
          .as("when it was found; an idle job takes a checkpoint once in an hour")
          .isLessThan(TIMEOUT.plusMinutes(55));
      assertThat(job.status().failure().orElseThrow())
          .hasMessageContaining("It is held by ")
          .hasMessageContaining("busy in task in#0");
      assertThat(job.status().stuck()).isEmpty();

      gate.countDown();
      passUntil(() -> output.visible().equals(List.of(0L, 1L)));
    }
  }

  @Test
  void shouldTellNobodyWhereItIsTurnedOff() {
    try (Job job = start(Duration.ZERO)) {
      stand();

      for (int i = 0; i < 50; i++) {
        pass(SLOW_MILLIS);
        assertThat(job.status().stuck()).isEmpty();
      }

      gate.countDown();
      passUntil(() -> output.visible().equals(List.of(0L, 1L)));
    }
  }

  /** Lets it see its second record, and stand there. */
  private void stand() {
    passUntil(() -> output.visible().equals(List.of(0L)));
    gate = new CountDownLatch(1);
    stands = new CountDownLatch(1);
    length.set(2);
    source.wake();
    passUntil(() -> stands.getCount() == 0);
  }

  /** Until a checkpoint was not needed. */
  private void beIdle(Job job) {
    passUntil(() -> output.visible().equals(List.of(0L)));
    boolean isIdle = false;
    while (!isIdle) {
      long before = job.status().lastCheckpointId().orElse(-1);
      now.addAndGet(INTERVAL.toMillis() + 1);
      passUntil(() -> ageMillis() <= INTERVAL.toMillis());
      isIdle = job.status().lastCheckpointId().orElse(-1) == before;
    }
  }

  private double ageMillis() {
    return meters.get("weir.checkpoint.age").timeGauge().value(TimeUnit.MILLISECONDS);
  }

  private void passUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      pass(SLOW_MILLIS);
    }
  }

  private void pass(long millis) {
    now.addAndGet(millis);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
  }

  private Job start(Duration stuckAfter) {
    Pipeline pipeline = Pipeline.named("calls");
    pipeline.source("in", source).map(new Remote()).sink("out", output);
    JobConfig config =
        JobConfig.builder()
            .parallelism(1)
            .checkpointStorage(folder)
            .checkpointInterval(INTERVAL)
            .checkpointTimeout(TIMEOUT)
            .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(1), 1))
            .stuckAfter(stuckAfter)
            .meters(meters)
            .build();
    Ports system = Ports.system();
    Ports ports = new Ports(new Moved(), new Restless(), system.disk(), system.crashes());
    return JobHandle.start(pipeline.graph(), config, ports);
  }

  /** As the test moves it. */
  private final class Moved implements Clock {
    @Override
    public long millis() {
      return now.get();
    }

    @Override
    public long nanos() {
      return TimeUnit.MILLISECONDS.toNanos(now.get());
    }
  }

  /** Threads that sleep and wait for a moment only, whatever the clock says. */
  private static final class Restless implements Threads {
    @Override
    public Strand strand(String name, boolean isDaemon, Runnable body) {
      Strand strand = Threads.system().strand(name, isDaemon, body);
      return new Strand() {
        @Override
        public void start() {
          strand.start();
        }

        @Override
        public void park(long nanos) {
          strand.park(Math.min(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
        }

        @Override
        public void unpark() {
          strand.unpark();
        }

        @Override
        public void interrupt() {
          strand.interrupt();
        }

        @Override
        public List<StackTraceElement> stack() {
          return strand.stack();
        }

        @Override
        public boolean join(long timeoutMillis) throws InterruptedException {
          return strand.join(Math.min(timeoutMillis, 10));
        }
      };
    }

    @Override
    public ExecutorService io(String name) {
      return Threads.system().io(name);
    }

    @Override
    public int processors() {
      return Threads.system().processors();
    }
  }
}
