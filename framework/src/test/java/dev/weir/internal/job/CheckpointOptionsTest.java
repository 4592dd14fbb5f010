package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.connector.LedgerEntry;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.JobFailedException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.Disk;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.job.CheckpointRetention;
import dev.weir.job.CheckpointingMode;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.RestartStrategy;
import dev.weir.job.SnapshotCompression;
import dev.weir.pipeline.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    text.put("checkpoint.compression", "zlib");

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
                .checkpointCompression(SnapshotCompression.ZLIB)
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

  @Test
  void shouldWarnAtEachStartOfWhatIsAtStakeWithoutAnInterval() throws Exception {
    assertThat(logOfARun(Duration.ofMinutes(1))).doesNotContain("periodic checkpoints are off");
    assertThat(logOfARun(Duration.ZERO))
        .contains(
            "Job numbers: periodic checkpoints are off (checkpoint.interval.ms=0): a failure sets"
                + " the job back",
            "output of exactly-once sinks is invisible until the job stops");
  }

  private String logOfARun(Duration interval) throws InterruptedException {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (Job job = Weir.start(numbers(10, true), config(interval).build())) {
      job.await();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
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

  @Test
  void shouldLeaveAPauseBetweenOneCheckpointsEndAndTheNextOnesStart() throws Exception {
    JobConfig config =
        config(Duration.ofMillis(1)).checkpointMinPause(Duration.ofMillis(80)).build();

    try (Job job = Weir.start(endless(), config)) {
      awaitUntil(() -> output.entries().size() >= 5);
    }

    List<Long> times = output.entries().stream().map(LedgerEntry::completedAtMillis).toList();
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1))
          .as("between two of %s", times)
          .isGreaterThanOrEqualTo(79); // The wall clock's milliseconds are not the engine's.
    }
  }

  @Test
  void shouldKeepAsManyCheckpointsAsItIsTold() throws Exception {
    JobConfig config = config(Duration.ofMillis(5)).retainedCheckpoints(4).build();

    try (Job job = Weir.start(endless(), config)) {
      awaitUntil(() -> output.entries().size() >= 9);
      job.stop();
      job.await();
    }

    List<String> newest =
        output.entries().stream()
            .map(LedgerEntry::manifest)
            .skip(output.entries().size() - 4)
            .toList();
    assertThat(FolderStores.manifests(folder, new FileDisk()))
        .containsExactlyInAnyOrderElementsOf(newest);
  }

  @Test
  void shouldHaveRemovedWhatIsTooMuchWhenItHasEnded() throws Exception {
    JobConfig config = config(Duration.ZERO).retainedCheckpoints(1).build();
    CrashPoint.Hook slow =
        (point, id) -> {
          if (point == CrashPoint.BEFORE_DELETE) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
          }
        };

    try (Job job = JobHandle.start(numbers(100, true).graph(), config, Ports.system().with(slow))) {
      job.await();

      assertThat(FolderStores.manifests(folder, new FileDisk())).hasSize(1);
    }
    assertThat(output.entries()).hasSize(2);
  }

  @Test
  void shouldHaveFinishedThoughNothingCanBeRemovedAtItsEnd() throws Exception {
    JobConfig config = config(Duration.ZERO).retainedCheckpoints(1).build();
    CrashPoint.Hook failing =
        (point, id) -> {
          if (point == CrashPoint.BEFORE_DELETE) {
            throw new StorageException("planted: nothing can be removed");
          }
        };

    try (Job job =
        JobHandle.start(numbers(100, true).graph(), config, Ports.system().with(failing))) {
      job.await();

      assertThat(job.status().state()).isEqualTo(JobState.FINISHED);
      assertThat(job.status().restarts()).isZero();
    }
    assertThat(output.visible()).hasSize(100);
  }

  @Test
  void shouldTryAWriteAgainAsOftenAsItIsToldAndThenFail() throws Exception {
    JobConfig once = config(Duration.ZERO).checkpointWriteRetries(1).build();
    JobConfig twice = config(Duration.ZERO).checkpointWriteRetries(2).build();

    try (Job job = JobHandle.start(numbers(100, true).graph(), once, withBadWrites(2))) {
      assertThatThrownBy(job::await)
          .isInstanceOf(JobFailedException.class)
          .hasStackTraceContaining("planted");
    }
    int before = output.entries().size();
    try (Job job = JobHandle.start(numbers(100, true).graph(), twice, withBadWrites(2))) {
      job.await();
      assertThat(job.status().failure()).isEmpty();
    }

    assertThat(output.entries()).hasSize(before + 1);
    assertThat(output.visible()).hasSize(100);
  }

  /** The first writes after the first checkpoint fail, so many of them. */
  private Ports withBadWrites(int count) {
    AtomicInteger left = new AtomicInteger(count);
    Ports ports = Ports.system();
    Disk bad =
        (Disk)
            Proxy.newProxyInstance(
                Disk.class.getClassLoader(),
                new Class<?>[] {Disk.class},
                (proxy, method, arguments) -> {
                  boolean isWrite = method.getName().equals("create") && isInJob();
                  if (isWrite && !output.entries().isEmpty() && left.getAndDecrement() > 0) {
                    throw new IOException("planted: the disk is away");
                  }
                  try {
                    return method.invoke(ports.disk(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new Ports(ports.clock(), ports.threads(), bad, ports.crashes());
  }

  /** Whether it is a checkpoint that writes, and not a store that is opened. */
  private static boolean isInJob() {
    return Stream.of(Thread.currentThread().getStackTrace())
        .anyMatch(frame -> frame.getMethodName().contains("writeManifest"));
  }

  private Pipeline endless() {
    Pipeline pipeline = Pipeline.named("numbers");
    pipeline
        .source(
            "in",
            new ListSource<>(
                1,
                Long.MAX_VALUE,
                false,
                (split, n) -> {
                  LockSupport.parkNanos(100_000);
                  return n;
                }))
        .sink("out", output);
    return pipeline;
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
