package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.CheckpointFailedException;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.RestoreException;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.RestartStrategy;
import dev.weir.job.Savepoint;
import dev.weir.job.SavepointDiff;
import dev.weir.job.SnapshotCompression;
import dev.weir.job.StateBackend;
import dev.weir.job.stored.Standing;
import dev.weir.job.stored.StateRow;
import dev.weir.job.stored.StoredCheckpoint;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Savepoints of whole jobs, and jobs that begin from them. */
@Timeout(120)
class SavepointTest {
  private static final int KEYS = 7;
  private static final long PER_SPLIT = 7_000;

  @TempDir Path folder;

  /** Counts the records of each key and gives the count. */
  static final class Count implements KeyedProcessFunction<Long, Long, String> {
    private static final long serialVersionUID = 1L;
    static final ValueStateDescriptor<Long> COUNT = ValueStateDescriptor.of("count", Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(COUNT);
    }

    @Override
    public void process(Long value, Context<Long, String> context) {
      long count = context.state(COUNT).getOr(0L) + 1;
      context.state(COUNT).set(count);
      context.collect(context.key() + ":" + count);
    }
  }

  @Tag("S05")
  @ParameterizedTest
  @CsvSource({"1,3,HEAP,ROCKSDB", "3,2,ROCKSDB,HEAP", "2,2,HEAP,HEAP"})
  void shouldBeginFromASavepointElsewhereAtAnotherParallelismAndBackend(
      int before, int after, StateBackend of, StateBackend to) throws Exception {
    MemoryTopic<String> output = new MemoryTopic<>();
    URI target = folder.resolve("savepoint").toUri();
    try (Job job = Weir.start(counts("old", output, false), config("a", before, of).build())) {
      awaitVisible(output, 1_000);
      Savepoint savepoint = get(job.stopWithSavepoint(target));
      job.await();
      assertThat(job.status().state()).isEqualTo(JobState.FINISHED);
      assertThat(savepoint.checkpointId()).isEqualTo(job.status().lastCheckpointId().getAsLong());
    }
    delete(folder.resolve("a"));
    Path moved = Files.move(folder.resolve("savepoint"), folder.resolve("moved"));

    MemoryTopic<String> rest = new MemoryTopic<>();
    JobConfig config = config("b", after, to).restoreFrom(moved.toUri()).build();
    try (Job job = Weir.start(counts("new", rest, true), config)) {
      job.await();
    }

    assertThat(Stream.concat(output.visible().stream(), rest.visible().stream()))
        .containsExactlyInAnyOrderElementsOf(everyCountOnce());
  }

  @Tag("N35")
  @Test
  void shouldLetTwoJobsGoOnFromOneSavepointAtOnceEachInAFolderOfItsOwn() throws Exception {
    MemoryTopic<String> output = new MemoryTopic<>();
    URI target = folder.resolve("savepoint").toUri();
    JobConfig first = config("a", 2, StateBackend.ROCKSDB).build();
    try (Job job = Weir.start(counts("old", output, false), first)) {
      awaitVisible(output, 1_000);
      get(job.stopWithSavepoint(target));
      job.await();
    }

    MemoryTopic<String> left = new MemoryTopic<>();
    MemoryTopic<String> right = new MemoryTopic<>();
    JobConfig ofLeft = config("b", 2, StateBackend.ROCKSDB).restoreFrom(target).build();
    JobConfig ofRight = config("c", 3, StateBackend.HEAP).restoreFrom(target).build();
    try (Job one = Weir.start(counts("left", left, true), ofLeft);
        Job other = Weir.start(counts("right", right, true), ofRight)) {
      one.await();
      other.await();
    }

    for (MemoryTopic<String> rest : List.of(left, right)) {
      assertThat(Stream.concat(output.visible().stream(), rest.visible().stream()))
          .containsExactlyInAnyOrderElementsOf(everyCountOnce());
    }
    assertThat(Weir.verify(target)).as("damage of the savepoint").isEmpty();
  }

  @Test
  void shouldGoOnFromCompressedFilesAndWriteThemPlain() throws Exception {
    MemoryTopic<String> output = new MemoryTopic<>();
    URI target = folder.resolve("savepoint").toUri();
    JobConfig packed = config("a", 2).checkpointCompression(SnapshotCompression.ZLIB).build();
    try (Job job = Weir.start(counts("old", output, false), packed)) {
      awaitVisible(output, 1_000);
      get(job.stopWithSavepoint(target));
      job.await();
    }
    assertThat(Weir.verify(target)).isEmpty();
    assertThat(Weir.checkpoints(packed.checkpointStorage().get()))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.standing()).isNotEqualTo(Standing.DAMAGED));
    List<StateRow> rows = new ArrayList<>();
    Weir.readState(packed.checkpointStorage().get(), rows::add);
    assertThat(rows.stream().filter(row -> row.stage().equals("count"))).hasSizeGreaterThan(KEYS);

    MemoryTopic<String> rest = new MemoryTopic<>();
    JobConfig plain = config("b", 1).restoreFrom(target).build();
    try (Job job = Weir.start(counts("new", rest, true), plain)) {
      job.await();
    }

    assertThat(Stream.concat(output.visible().stream(), rest.visible().stream()))
        .containsExactlyInAnyOrderElementsOf(everyCountOnce());
    assertThat(newestManifestIn("a")).startsWith("WEIRZLIB");
    assertThat(newestManifestIn("b")).startsWith("WEIRMANI");
  }

  private String newestManifestIn(String storage) throws IOException {
    List<StoredCheckpoint> all = Weir.checkpoints(folder.resolve(storage).toUri());
    byte[] bytes = FolderStores.bytes(folder.resolve(storage), all.get(all.size() - 1).manifest());
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Tag("S38")
  @Test
  void shouldTakeASavepointOfARunningJobThatRetentionNeverRemoves() throws Exception {
    MemoryTopic<String> output = new MemoryTopic<>();
    URI target = folder.resolve("savepoint").toUri();
    List<String> before;
    try (Job job = Weir.start(counts("job", output, false), config("a", 2).build())) {
      awaitVisible(output, 1_000);
      get(job.savepoint(target));
      before = files(folder.resolve("savepoint"));
      awaitVisible(output, (int) (2 * PER_SPLIT));
      job.stop();
      job.await();
    }
    assertThat(output.visible()).containsExactlyInAnyOrderElementsOf(everyCountOnce());
    assertThat(files(folder.resolve("savepoint"))).isNotEmpty().isEqualTo(before);

    MemoryTopic<String> fork = new MemoryTopic<>();
    try (Job job =
        Weir.start(counts("fork", fork, true), config("b", 1).restoreFrom(target).build())) {
      job.await();
    }

    assertThat(everyCountOnce()).containsAll(fork.visible());
    assertThat(fork.visible()).doesNotHaveDuplicates();
    assertThat(fork.visible().size()).isLessThanOrEqualTo(output.visible().size());
  }

  @Tag("S06")
  @Test
  void shouldNeverNeedASavepointForRecovery() throws Exception {
    MemoryTopic<String> output = new MemoryTopic<>();
    URI target = folder.resolve("savepoint").toUri();
    try (Job job = Weir.start(counts("job", output, false), config("a", 2).build())) {
      awaitVisible(output, 1_000);
      get(job.savepoint(target));
      delete(folder.resolve("savepoint"));
      job.cancel();
      job.await();
    }

    try (Job job = Weir.start(counts("job", output, true), config("a", 2).build())) {
      job.await();
    }

    assertThat(output.visible()).containsExactlyInAnyOrderElementsOf(everyCountOnce());
  }

  @Tag("S06")
  @Test
  void shouldGoOnFromItsOwnLedgerThoughTheSettingStays() throws Exception {
    MemoryTopic<String> output = new MemoryTopic<>();
    URI target = folder.resolve("savepoint").toUri();
    try (Job job = Weir.start(counts("old", output, false), config("a", 2).build())) {
      awaitVisible(output, 1_000);
      get(job.stopWithSavepoint(target));
      job.await();
    }
    MemoryTopic<String> rest = new MemoryTopic<>();
    JobConfig config = config("b", 2).restoreFrom(target).build();
    try (Job job = Weir.start(counts("new", rest, false), config)) {
      awaitUntil(() -> job.status().lastCheckpointId().isPresent());
      job.cancel();
      job.await();
    }

    try (Job job = Weir.start(counts("new", rest, true), config)) {
      job.await();
    }

    assertThat(Stream.concat(output.visible().stream(), rest.visible().stream()))
        .containsExactlyInAnyOrderElementsOf(everyCountOnce());
  }

  @Test
  void shouldLeaveStateBehindOnlyWhenToldSo() throws Exception {
    MemoryTopic<String> output = new MemoryTopic<>();
    URI target = folder.resolve("savepoint").toUri();
    try (Job job = Weir.start(counts("old", output, false), config("a", 1).build())) {
      awaitVisible(output, 1_000);
      get(job.stopWithSavepoint(target));
      job.await();
    }
    Pipeline without = Pipeline.named("new");
    MemoryTopic<Long> rest = new MemoryTopic<>();
    without.source("in", numbers(true)).sink("out", rest);
    JobConfig.Builder config = config("b", 1).restoreFrom(target);
    SavepointDiff diff = Weir.diff(without, config.build(), target);
    assertThat(diff.kept()).containsExactly("in");
    assertThat(diff.dropped()).containsExactly("count");
    assertThatThrownBy(diff::requireCompatible)
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("restore.allow.dropped=count");
    try (Job job = Weir.start(without, config.build())) {
      assertThatThrownBy(job::await)
          .hasCauseInstanceOf(RestoreException.class)
          .hasMessageContaining("restore.allow.dropped=count");
    }

    Weir.diff(without, config.allowDropped("count").build(), target).requireCompatible();
    try (Job job = Weir.start(without, config.build())) {
      job.await();
    }

    assertThat(rest.visible()).hasSize((int) (2 * PER_SPLIT) - output.visible().size());
  }

  @Test
  void shouldRefuseAPlaceThatHoldsASavepointAndGoOn() throws Exception {
    MemoryTopic<String> output = new MemoryTopic<>();
    URI target = folder.resolve("savepoint").toUri();
    try (Job job = Weir.start(counts("job", output, false), config("a", 1).build())) {
      awaitVisible(output, 1_000);
      get(job.savepoint(target));

      assertThatThrownBy(() -> get(job.savepoint(target)))
          .hasCauseInstanceOf(InvalidConfigException.class)
          .hasMessageContaining("there is one already");
      assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
    }
  }

  @Test
  void shouldAnswerARequestAfterTheEnd() throws Exception {
    try (Job job = Weir.start(counts("job", new MemoryTopic<>(), true), config("a", 1).build())) {
      job.await();

      assertThatThrownBy(() -> get(job.savepoint(folder.resolve("savepoint").toUri())))
          .hasCauseInstanceOf(CheckpointFailedException.class)
          .hasMessageContaining("it is FINISHED");
    }
  }

  @Tag("S05")
  @Test
  void shouldRefuseASavepointThatWasNotCopiedToItsEnd() throws Exception {
    MemoryTopic<String> output = new MemoryTopic<>();
    Path place = folder.resolve("savepoint");
    try (Job job = Weir.start(counts("old", output, false), config("a", 1).build())) {
      awaitVisible(output, 1_000);
      get(job.stopWithSavepoint(place.toUri()));
      job.await();
    }
    Files.delete(place.resolve("weir-savepoint"));

    JobConfig config = config("b", 1).restoreFrom(place.toUri()).build();
    try (Job job = Weir.start(counts("new", new MemoryTopic<>(), true), config)) {
      assertThatThrownBy(job::await)
          .hasCauseInstanceOf(RestoreException.class)
          .hasMessageContaining("weir-savepoint");
    }
  }

  @Test
  void shouldTellWhatASavepointHasNothingOf() throws Exception {
    MemoryTopic<Long> output = new MemoryTopic<>();
    URI target = folder.resolve("savepoint").toUri();
    Pipeline plain = Pipeline.named("old");
    plain.source("in", numbers(false)).sink("out", output);
    try (Job job = Weir.start(plain, config("a", 1).build())) {
      awaitVisible(output, 1_000);
      get(job.stopWithSavepoint(target));
      job.await();
    }
    Pipeline counting = counts("new", new MemoryTopic<>(), true);

    SavepointDiff diff = Weir.diff(counting, config("b", 1).maxParallelism(64).build(), target);

    assertThat(diff.added()).containsExactly("count");
    assertThat(diff.incompatible())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("it has 128 key groups, max.parallelism is 64");
    assertThat(diff.isCompatible()).isFalse();
  }

  private static Pipeline counts(String name, MemoryTopic<String> output, boolean isBounded) {
    Pipeline pipeline = Pipeline.named(name);
    pipeline
        .source("in", numbers(isBounded))
        .keyBy(n -> n % KEYS)
        .process("count", new Count())
        .sink("out", output);
    return pipeline;
  }

  private static ListSource<Long> numbers(boolean isBounded) {
    return new ListSource<>(2, PER_SPLIT, isBounded, (split, n) -> n);
  }

  private static List<String> everyCountOnce() {
    return LongStream.range(0, KEYS)
        .boxed()
        .flatMap(
            key -> LongStream.rangeClosed(1, 2 * PER_SPLIT / KEYS).mapToObj(n -> key + ":" + n))
        .collect(Collectors.toList());
  }

  private JobConfig.Builder config(String storage, int parallelism) {
    return config(storage, parallelism, StateBackend.HEAP);
  }

  private JobConfig.Builder config(String storage, int parallelism, StateBackend backend) {
    return JobConfig.builder()
        .parallelism(parallelism)
        .stateBackend(backend)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve(storage))
        .restartStrategy(RestartStrategy.none());
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    CompletableFuture<T> future = stage.toCompletableFuture();
    return future.get(30, TimeUnit.SECONDS);
  }

  private static void awaitVisible(MemoryTopic<?> output, int count) {
    awaitUntil(() -> output.visible().size() >= count);
  }

  private static void awaitUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is over").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.map(path -> root.relativize(path).toString()).sorted().toList();
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
