package dev.weir.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.base.Stepped;
import dev.weir.internal.base.Threads;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.job.StuckTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A worker that runs on the test's own thread: what a step does is done while it is looked at. */
class StuckTasksTest {
  private static final long AFTER = 10_000;
  private static final StackTraceElement CALL =
      new StackTraceElement("user.Remote", "ask", "Remote.java", 7);

  private final TestThread thread = new TestThread();
  private final Worker worker = new Worker(thread, "worker-0", true, this::fail);
  private final StuckTasks stuck =
      new StuckTasks(List.of(worker), task -> new TaskId(0, 1, "slow"));
  private Throwable failure;
  private int steps;

  private void fail(Stepped task, Throwable cause) {
    failure = cause;
    worker.stop();
  }

  @Tag("N26")
  @Test
  void shouldFindATaskWhoseStepDoesNotReturnWithWhatItIsDoing() {
    stepping(
        () -> {
          assertThat(stuck.look(50_000, AFTER)).contains(List.of());
          assertThat(stuck.look(59_999, AFTER)).contains(List.of());
          assertThat(stuck.found()).isZero();

          assertThat(stuck.look(61_000, AFTER)).contains(List.of(stuckFor(11)));
          assertThat(stuck.look(63_000, AFTER)).contains(List.of(stuckFor(13)));
          assertThat(stuck.found()).as("one step, however often it is seen").isOne();
          worker.stop();
        });

    assertThat(stuck.look(90_000, AFTER)).contains(List.of(stuckFor(40)));
  }

  @Test
  void shouldNotTakeManyStepsOfATaskForOne() {
    stepping(
        () -> {
          steps++;
          assertThat(stuck.look(steps * 9_999L, AFTER)).contains(List.of());
          if (steps == 5) {
            worker.stop();
          }
        });

    assertThat(steps).isEqualTo(5);
    assertThat(stuck.found()).isZero();
  }

  @Test
  void shouldFindNobodyOnAWorkerThatSleeps() {
    thread.whileParked =
        () -> {
          assertThat(stuck.look(steps * 20_000L, AFTER)).contains(List.of());
          if (++steps == 3) {
            worker.stop();
          }
        };

    worker.start();

    assertThat(failure).isNull();
    assertThat(steps).isEqualTo(3);
  }

  @Test
  void shouldLookOnceInASecond() {
    assertThat(stuck.look(1_000, AFTER)).isPresent();
    assertThat(stuck.look(1_999, AFTER)).isEmpty();
    assertThat(stuck.look(2_000, AFTER)).isPresent();
  }

  private static StuckTask stuckFor(int seconds) {
    return new StuckTask("slow", 1, "worker-0", Duration.ofSeconds(seconds), List.of(CALL));
  }

  private void stepping(Runnable step) {
    worker.add(
        new Stepped() {
          @Override
          public boolean step() {
            step.run();
            return true;
          }

          @Override
          public long restMillis() {
            return Long.MAX_VALUE;
          }
        });
    worker.start();
    assertThat(failure).isNull();
  }

  /** Runs what is started at once. */
  private static final class TestThread implements Threads {
    private Runnable whileParked = () -> {};

    @Override
    public Strand strand(String name, boolean isDaemon, Runnable body) {
      return new Strand() {
        @Override
        public void start() {
          body.run();
        }

        @Override
        public void park(long nanos) {
          whileParked.run();
        }

        @Override
        public void unpark() {}

        @Override
        public void interrupt() {}

        @Override
        public List<StackTraceElement> stack() {
          return List.of(CALL);
        }

        @Override
        public boolean join(long timeoutMillis) {
          return true;
        }
      };
    }

    @Override
    public ExecutorService io(String name) {
      throw new UnsupportedOperationException("a worker has no I/O threads");
    }

    @Override
    public int processors() {
      return 1;
    }
  }
}
