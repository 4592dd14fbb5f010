package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.internal.snapshot.warm.CountedStore;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.RestartStrategy;
import dev.weir.job.StateBackend;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A standby keeps the files of checkpoints warm, and reads little when it takes over. */
@Timeout(60)
class WarmStandbyTest {
  private static final int RECORDS = 5_000;
  private static final long SLOW_BYTES_PER_SECOND = 20_000;
  private static final Duration DETECTION = Duration.ofMillis(500);

  @TempDir private Path folder;
  private final String name = UUID.randomUUID().toString();
  private final CountedStore store = CountedStore.named(name);
  private final MemoryTopic<String> output = new MemoryTopic<String>().withBeacon();

  /** Numbers the records of each key. */
  private static final class Counting implements KeyedProcessFunction<Long, Long, String> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<Long> COUNT =
        ValueStateDescriptor.of("count", Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(COUNT);
    }

    @Override
    public void process(Long number, Context<Long, String> context) {
      long count = context.state(COUNT).getOr(0L) + 1;
      context.state(COUNT).set(count);
      context.collect(context.key() + " " + count);
    }
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldReadNothingOfTheStateWhenAWarmStandbyTakesOver(StateBackend backend) throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Job owner = start(backend, "owner", new SimpleMeterRegistry())) {
      await(owner, () -> output.visible().size() == RECORDS);
      try (Job standby = start(backend, "standby", meters)) {
        await(standby, () -> standby.status().state() == JobState.STANDBY);
        await(standby, () -> counted(meters, "weir.standby.warmed") > 0);
        long stateBytes = (long) counted(meters, "weir.standby.warmed");
        store.takeStateReads();

        owner.cancel();
        await(standby, () -> standby.status().state() == JobState.RUNNING);

        assertThat(stateBytes).as("what was fetched").isGreaterThan(RECORDS);
        assertThat(store.takeStateReads()).as("what was read of the store").isEmpty();
        await(standby, () -> warmFiles().isEmpty());
        standby.stop();
        standby.await();
      }
    }
    assertThat(output.visible()).hasSize(RECORDS).doesNotHaveDuplicates();
  }

  @Test
  void shouldTakeOverLongBeforeTheStoreCouldBeRead() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Job owner = start(StateBackend.HEAP, "owner", new SimpleMeterRegistry())) {
      await(owner, () -> output.visible().size() == RECORDS);
      store.setRate(SLOW_BYTES_PER_SECOND);
      try (Job standby = start(StateBackend.HEAP, "standby", meters)) {
        await(standby, () -> counted(meters, "weir.standby.warmed") > 0);
        double millisToRead =
            counted(meters, "weir.standby.warmed") * 1_000 / SLOW_BYTES_PER_SECOND;

        owner.cancel();
        owner.await();
        long from = System.nanoTime();
        await(standby, () -> standby.status().state() == JobState.RUNNING);

        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
        System.out.printf("Taken over in %d ms, to read takes %.0f ms%n", millis, millisToRead);
        assertThat((double) millis).isLessThan(millisToRead / 2);
        standby.stop();
        standby.await();
      }
    }
  }

  @Test
  void shouldStandByAndTakeOverThoughNothingCanBeFetched() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Job owner = start(StateBackend.HEAP, "owner", new SimpleMeterRegistry())) {
      await(owner, () -> output.visible().size() == RECORDS);
      store.setAway(true);
      try (Job standby = start(StateBackend.HEAP, "standby", meters)) {
        await(standby, () -> counted(meters, "weir.standby.failures") >= 2);
        assertThat(standby.status().state()).isEqualTo(JobState.STANDBY);
        assertThat(standby.status().failure()).isEmpty();

        store.setAway(false);
        owner.cancel();
        await(standby, () -> standby.status().state() == JobState.RUNNING);
        standby.stop();
        standby.await();
      }
    }
    assertThat(output.visible()).hasSize(RECORDS).doesNotHaveDuplicates();
  }

  private static double counted(SimpleMeterRegistry meters, String name) {
    return meters.find(name).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  private List<Path> warmFiles() {
    try (Stream<Path> paths = Files.walk(folder.resolve("standby"))) {
      return paths
          .filter(path -> path.toString().contains("weir-warm/"))
          .filter(Files::isRegularFile)
          .toList();
    } catch (IOException changedMeanwhile) {
      return List.of(folder);
    }
  }

  private static void await(Job job, BooleanSupplier holds) throws InterruptedException {
    while (!holds.getAsBoolean()) {
      assertThat(job.await(Duration.ofMillis(5))).as("ended: %s", job.status()).isFalse();
    }
  }

  private Job start(StateBackend backend, String instance, SimpleMeterRegistry meters) {
    Pipeline pipeline = Pipeline.named("numbers");
    pipeline
        .source("in", new ListSource<>(1, RECORDS, false, (split, n) -> n))
        .keyBy(n -> n % (RECORDS / 2))
        .process("count", new Counting())
        .sink("out", output);
    return Weir.start(
        pipeline,
        JobConfig.builder()
            .parallelism(2)
            .stateBackend(backend)
            .checkpointInterval(Duration.ofMillis(20))
            .checkpointStorage(URI.create("counted:" + name))
            .restartStrategy(RestartStrategy.none())
            .standbyDetection(DETECTION)
            .localDirectory(folder.resolve(instance))
            .meters(meters)
            .build());
  }
}
