package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.CheckpointFailedException;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.RestoreException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.RestartStrategy;
import dev.weir.job.SavepointGroup;
import dev.weir.job.stored.StateRow;
import dev.weir.pipeline.Pipeline;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Savepoints of two jobs, of which one reads what the other one writes. */
@Timeout(120)
class GroupSavepointTest {
  private static final int ROUNDS = 8;

  @TempDir Path folder;
  private final MemoryTopic<Long> middle = new MemoryTopic<>();
  private final MemoryTopic<Long> output = new MemoryTopic<>();
  private volatile boolean dies;

  /** The reader's checkpoints are slow: alone, the writer would complete many meanwhile. */
  @Tag("S38")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldHoldNothingReadThatIsNotHeldAsWritten(boolean writerFirst) throws Exception {
    try (Job writer = Weir.start(writer("writer", middle, Long.MAX_VALUE), config("a").build());
        Job reader = startSlowReader()) {
      awaitUntil(() -> output.size() > 100);
      List<Job> jobs = new ArrayList<>(List.of(writer, reader));
      if (!writerFirst) {
        Collections.reverse(jobs);
      }

      for (int round = 0; round < ROUNDS; round++) {
        SavepointGroup group = get(Weir.savepoint(jobs, place("group-" + round)));

        long written = positionIn(group.member("writer").location());
        long read = positionIn(group.member("reader").location());
        assertThat(read).as("read, of %s written", written).isBetween(1L, written);
      }

      int then = output.size();
      awaitUntil(() -> output.size() > then);
      assertThat(writer.status().state()).isEqualTo(JobState.RUNNING);
      assertThat(reader.status().state()).isEqualTo(JobState.RUNNING);
    }
  }

  @Tag("S05")
  @ParameterizedTest
  @ValueSource(strings = {"file", "memory"})
  void shouldStopTwoJobsTogetherAndLetBothGoOn(String kind) throws Exception {
    URI place = kind.equals("file") ? place("group") : URI.create("memory:" + folder);
    long end;
    try (Job writer = Weir.start(writer("writer", middle, Long.MAX_VALUE), config("a").build());
        Job reader = Weir.start(reader("reader", middle, output), config("b").build())) {
      awaitUntil(() -> output.size() > 500);
      SavepointGroup group = get(Weir.stopWithSavepoint(List.of(writer, reader), place));
      writer.await();
      reader.await();
      assertThat(group.members())
          .extracting(each -> each.job())
          .containsExactly("writer", "reader");
      assertThat(reader.status().state()).isEqualTo(JobState.FINISHED);
      end = middle.size() + 500L;
    }
    URI moved = kind.equals("file") ? moved() : place;

    MemoryTopic<Long> rest = MemoryTopic.copyOf(middle);
    MemoryTopic<Long> more = new MemoryTopic<>();
    assertThat(Weir.verify(URI.create(moved + "#reader"))).isEmpty();
    JobConfig ofWriter = config("c").restoreFrom(URI.create(moved + "#writer")).build();
    JobConfig ofReader = config("d").restoreFrom(URI.create(moved + "#reader")).build();
    try (Job writer = Weir.start(writer("writer-2", rest, end), ofWriter);
        Job reader = Weir.start(reader("reader-2", rest, more), ofReader)) {
      writer.await();
      awaitUntil(() -> output.size() + more.size() >= end);
      reader.stop();
      reader.await();
    }

    assertThat(Stream.concat(output.visible().stream(), more.visible().stream()))
        .containsExactlyElementsOf(LongStream.range(0, end).boxed().toList());
  }

  private URI moved() throws Exception {
    return Files.move(folder.resolve("group"), folder.resolve("moved")).toUri();
  }

  @Test
  void shouldTakeNoneAndLetTheOthersRunWhereOneJobDoesNotRun() throws Exception {
    try (Job writer = Weir.start(writer("writer", middle, Long.MAX_VALUE), config("a").build());
        Job reader = Weir.start(reader("reader", middle, output), config("b").build())) {
      awaitUntil(() -> output.size() > 100);
      reader.cancel();
      reader.await();

      assertThatThrownBy(() -> get(Weir.savepoint(List.of(writer, reader), place("group"))))
          .hasCauseInstanceOf(CheckpointFailedException.class)
          .hasMessageContainingAll("none of it counts", "job 'reader'", "it is CANCELLED");

      refusedFrom("writer");
      goesOn(writer);
    }
  }

  @Test
  void shouldTakeNoneAndLetTheOthersRunWhereOneJobFailsMeanwhile() throws Exception {
    try (Job writer = Weir.start(writer("writer", middle, Long.MAX_VALUE), config("a").build());
        Job reader = startSlowReader()) {
      awaitUntil(() -> output.size() > 100);
      CompletionStage<SavepointGroup> group =
          Weir.savepoint(List.of(writer, reader), place("group"));
      dies = true;

      assertThatThrownBy(() -> get(group))
          .hasCauseInstanceOf(CheckpointFailedException.class)
          .hasMessageContainingAll("none of it counts", "job 'reader'");

      refusedFrom("writer");
      goesOn(writer);
    }
  }

  private void goesOn(Job writer) {
    int then = middle.size();
    awaitUntil(() -> middle.size() > then + 100);
    assertThat(writer.status().state()).isEqualTo(JobState.RUNNING);
    assertThat(writer.status().failure()).isEmpty();
  }

  private void refusedFrom(String job) {
    URI place = URI.create(place("group") + "#" + job);
    JobConfig config = config("other").restoreFrom(place).build();
    try (Job other = Weir.start(writer("other", new MemoryTopic<>(), 10), config)) {
      assertThatThrownBy(other::await)
          .hasCauseInstanceOf(RestoreException.class)
          .hasMessageContaining("the group was never completed");
    }
  }

  @Test
  void shouldRefuseAPlaceThatIsTakenAndAJobThatIsNotInTheGroup() throws Exception {
    URI place = place("group");
    try (Job writer = Weir.start(writer("writer", middle, Long.MAX_VALUE), config("a").build())) {
      awaitUntil(() -> middle.size() > 100);
      get(Weir.savepoint(List.of(writer), place));

      assertThatThrownBy(() -> get(Weir.savepoint(List.of(writer), place)))
          .hasCauseInstanceOf(InvalidConfigException.class)
          .hasMessageContaining("there is one already");
      assertThatThrownBy(() -> Weir.verify(URI.create(place + "#reader")))
          .isInstanceOf(RestoreException.class)
          .hasMessageContaining("found [writer]");
      assertThatThrownBy(() -> Weir.savepoint(List.of(writer, writer), place("twice")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("names of their own");
    }
  }

  @Test
  void shouldRefuseAGroupWhoseMarkerIsDamaged() throws Exception {
    try (Job writer = Weir.start(writer("writer", middle, Long.MAX_VALUE), config("a").build())) {
      awaitUntil(() -> middle.size() > 100);
      get(Weir.savepoint(List.of(writer), place("group")));
    }
    Path marker = folder.resolve("group/weir-savepoint-group");
    Files.writeString(marker, Files.readString(marker).replace("member writer", "member reader"));

    assertThatThrownBy(() -> Weir.verify(URI.create(place("group") + "#reader")))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("is damaged");
  }

  private URI place(String name) {
    String uri = folder.resolve(name).toUri().toString();
    return URI.create(uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
  }

  private static long positionIn(URI savepoint) {
    List<Long> positions = new ArrayList<>();
    Weir.readState(
        savepoint,
        row -> {
          if (row.table().equals("splits")) {
            positions.add(position(row));
          }
        });
    assertThat(positions).hasSize(1);
    return positions.get(0);
  }

  private static long position(StateRow row) {
    return ByteBuffer.wrap((byte[]) ((Map<?, ?>) row.value()).get("position")).getLong();
  }

  private Job startSlowReader() {
    CrashPoint.Hook slow =
        (point, id) -> {
          if (point == CrashPoint.STATE_FILE_WRITTEN) {
            LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
            if (dies) {
              throw new IllegalStateException("planted");
            }
          }
        };
    return JobHandle.start(
        reader("reader", middle, output).graph(), config("b").build(), Ports.system().with(slow));
  }

  private static Pipeline writer(String name, MemoryTopic<Long> topic, long count) {
    Pipeline pipeline = Pipeline.named(name);
    pipeline
        .source(
            "in",
            new ListSource<>(
                1,
                count,
                count != Long.MAX_VALUE,
                (split, n) -> {
                  LockSupport.parkNanos(20_000);
                  return n;
                }))
        .sink("out", topic);
    return pipeline;
  }

  private static Pipeline reader(String name, MemoryTopic<Long> from, MemoryTopic<Long> to) {
    Pipeline pipeline = Pipeline.named(name);
    pipeline
        .source("in", ListSource.growing(from::size, (split, n) -> from.get(n)))
        .sink("out", to);
    return pipeline;
  }

  private JobConfig.Builder config(String storage) {
    return JobConfig.builder()
        .parallelism(1)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve(storage))
        .restartStrategy(RestartStrategy.none());
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static void awaitUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is over").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
