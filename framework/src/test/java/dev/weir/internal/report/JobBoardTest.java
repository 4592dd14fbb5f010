package dev.weir.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.error.StorageException;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.StuckTask;
import dev.weir.time.Clock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a job's meters show of its life. */
class JobBoardTest {
  private static final long START = 5_000;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicLong now = new AtomicLong(START);
  private final JobBoard board =
      new JobBoard(
          "clicks",
          JobConfig.builder().parallelism(3).meters(meters).build(),
          new Clock() {
            @Override
            public long millis() {
              return now.get();
            }

            @Override
            public long nanos() {
              return TimeUnit.MILLISECONDS.toNanos(now.get());
            }
          },
          Runnable::run);

  @Test
  void shouldCountFailuresByTheirKindAndRestarts() {
    board.failed(new StorageException("planted: the disk is away"));
    board.restarting(1);
    board.failed(new StorageException("planted: the disk is still away"));
    board.restarting(2);
    board.failed(new OutOfMemoryError("planted"));

    assertThat(counted("weir.failures", "kind", "storage")).isEqualTo(2);
    assertThat(counted("weir.failures", "kind", "resource")).isEqualTo(1);
    assertThat(meters.get("weir.restarts").counter().count()).isEqualTo(2);
  }

  @Test
  void shouldShowTheNewestCheckpointAndItsAge() {
    assertThat(gauge("weir.checkpoint.last")).isEqualTo(-1);
    now.addAndGet(400);
    assertThat(age()).isEqualTo(400);

    board.completed(7, Duration.ofMillis(30), 2_048);
    now.addAndGet(100);

    assertThat(gauge("weir.checkpoint.last")).isEqualTo(7);
    assertThat(age()).isEqualTo(100);
    assertThat(meters.get("weir.checkpoint.duration").timer().totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(30);
    assertThat(meters.get("weir.checkpoint.size").summary().totalAmount()).isEqualTo(2_048);
  }

  @Test
  void shouldTakeASkippedCheckpointForUpToDate() {
    board.completed(7, Duration.ofMillis(30), 2_048);
    now.addAndGet(60_000);

    board.skipped();

    assertThat(age()).isZero();
    assertThat(gauge("weir.checkpoint.last")).isEqualTo(7);
  }

  @Test
  void shouldShowStuckTasksUntilTheyReturnOrTheAttemptEnds() {
    StuckTask task = new StuckTask("slow", 2, "worker-0", Duration.ofSeconds(12), List.of());
    board.moveTo(JobState.RESTORING);
    board.moveTo(JobState.RUNNING);

    board.stuck(List.of(task));
    assertThat(board.status().stuck()).containsExactly(task);
    assertThat(gauge("weir.tasks.stuck")).isEqualTo(1);

    board.stuck(List.of());
    assertThat(board.status().stuck()).isEmpty();
    assertThat(gauge("weir.tasks.stuck")).isZero();

    board.stuck(List.of(task));
    board.moveTo(JobState.FAILING);
    assertThat(board.status().stuck()).isEmpty();
    assertThat(gauge("weir.tasks.stuck")).isZero();
  }

  @Test
  void shouldShowWhereTheJobIsAndLeaveNoMeterBehind() {
    board.moveTo(JobState.RESTORING);
    board.moveTo(JobState.RUNNING);
    board.rescaled(4, Duration.ofMillis(20));

    assertThat(state("running")).isEqualTo(1);
    assertThat(state("restoring")).isZero();
    assertThat(gauge("weir.parallelism")).isEqualTo(4);
    assertThat(meters.get("weir.rescale.pause").timer().max(TimeUnit.MILLISECONDS)).isEqualTo(20);
    assertThat(meters.getMeters())
        .allSatisfy(each -> assertThat(each.getId().getTags()).contains(Tag.of("job", "clicks")));

    AtomicBoolean isClosed = new AtomicBoolean();
    board.close(() -> isClosed.set(true));

    assertThat(isClosed).isTrue();
    assertThat(meters.getMeters()).isEqualTo(List.of());
  }

  private double counted(String name, String tag, String value) {
    return meters.get(name).tag(tag, value).counter().count();
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  private double age() {
    return meters.get("weir.checkpoint.age").timeGauge().value(TimeUnit.MILLISECONDS);
  }

  private double state(String name) {
    return meters.get("weir.job.state").tag("state", name).gauge().value();
  }
}
