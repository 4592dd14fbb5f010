package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.error.FailureKind;
import dev.weir.internal.owner.FileBeacon;
import dev.weir.internal.owner.StoreBeacon;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.MemorySnapshotStore;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.RestartStrategy;
import dev.weir.pipeline.Pipeline;
import java.io.Closeable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two instances of one job whose ledger lies beside its checkpoints. */
@Timeout(60)
class StandbyWithoutKafkaTest {
  private static final Duration DETECTION = Duration.ofMillis(500);
  private static final String ELSEWHERE = "weir-owner 1 alive 500 %d elsewhere/1/2#1";

  @TempDir private Path folder;
  private final CountedSink<Long> output = new CountedSink<>();

  @Tag("S51")
  @ParameterizedTest
  @ValueSource(strings = {"file", "memory", "counted"})
  void shouldStandByWhileAnotherOneRunsAndTakeOverWhenThatStops(String scheme) throws Exception {
    URI storage = storage(scheme);
    try (Job owner = start(storage)) {
      await(owner, () -> owner.status().lastCheckpointId().isPresent());
      try (Job standby = start(storage)) {
        await(standby, () -> standby.status().state() == JobState.STANDBY);
        assertThat(standby.await(DETECTION.multipliedBy(2))).isFalse();
        assertThat(standby.status().state()).isEqualTo(JobState.STANDBY);
        assertThat(owner.status().state()).isEqualTo(JobState.RUNNING);

        owner.stop();
        owner.await();
        await(standby, () -> standby.status().state() == JobState.RUNNING);

        assertThat(standby.status().attempt()).isEqualTo(owner.status().attempt() + 1);
        standby.stop();
        standby.await();
      }
    }
    assertThat(output.written()).hasValue(100);
  }

  @Test
  void shouldStandByAsLongAsASilentOwnerHoldsTheFolder() throws Exception {
    URI storage = storage("file");
    try (Job first = start(storage)) {
      await(first, () -> first.status().lastCheckpointId().isPresent());
      first.stop();
      first.await();
    }
    Path root = Path.of(storage);
    new FileBeacon(root, "numbers", new FileDisk()).show(ELSEWHERE.formatted(1));

    try (Closeable paused = new FileDisk().tryLock(root.resolve("weir-ledger.lock")).orElseThrow();
        Job standby = start(storage)) {
      await(standby, () -> standby.status().state() == JobState.STANDBY);
      assertThat(standby.await(DETECTION.multipliedBy(5))).isFalse();
      assertThat(standby.status().attempt()).as("it has not taken over").isZero();

      paused.close();
      await(standby, () -> standby.status().state() == JobState.RUNNING);
      standby.stop();
      standby.await();
    }
  }

  @Test
  void shouldEndAnIdleOwnerThatWasOvertakenInAStoreWithoutLocks() throws Exception {
    URI storage = storage("memory");
    try (Job owner = start(storage)) {
      await(owner, () -> owner.status().lastCheckpointId().isPresent());
      assertThat(owner.await(DETECTION.multipliedBy(2))).as("its race is won").isFalse();
      try (Job fencing = start(storage, Duration.ZERO)) {
        await(fencing, () -> fencing.status().state() == JobState.RUNNING);
        new StoreBeacon(
                MemorySnapshotStore.named(storage.getSchemeSpecificPart()),
                "store",
                "numbers",
                Duration.ZERO)
            .show(ELSEWHERE.formatted(1));

        assertThat(owner.completion().toCompletableFuture().get().state())
            .as("it is idle, and sees another one's sign")
            .isEqualTo(JobState.SUSPENDED);
        assertThat(owner.status().suspension().orElseThrow().kind()).isEqualTo(FailureKind.FENCED);
        fencing.stop();
        fencing.await();
      }
    }
  }

  private URI storage(String scheme) {
    return scheme.equals("file")
        ? folder.resolve("checkpoints").toUri()
        : URI.create(scheme + ":" + UUID.randomUUID());
  }

  private static void await(Job job, BooleanSupplier holds) throws InterruptedException {
    while (!holds.getAsBoolean()) {
      assertThat(job.await(Duration.ofMillis(5))).as("ended: %s", job.status()).isFalse();
    }
  }

  private Job start(URI storage) {
    return start(storage, DETECTION);
  }

  private Job start(URI storage, Duration detection) {
    Pipeline pipeline = Pipeline.named("numbers");
    pipeline.source("in", new ListSource<>(1, 100, false, (split, n) -> n)).sink("out", output);
    return Weir.start(
        pipeline,
        JobConfig.builder()
            .parallelism(1)
            .checkpointInterval(Duration.ofMillis(20))
            .checkpointStorage(storage)
            .restartStrategy(RestartStrategy.none())
            .standbyDetection(detection)
            .build());
  }
}
