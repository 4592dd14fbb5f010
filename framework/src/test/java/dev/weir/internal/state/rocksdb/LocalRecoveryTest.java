package dev.weir.internal.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.state.Entries;
import dev.weir.internal.state.StateJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalRecoveryTest {
  private static final int ROUNDS_UNTIL_CLEARED = 3;

  @TempDir private Path directory;
  private CrashPoint dieAt;
  private Throwable failure;
  private StateJob job;

  @AfterEach
  void close() {
    if (job != null) {
      job.close();
    }
  }

  @Test
  void shouldReadOnlyWhatIsMissingFromTheStore() {
    List<List<FileRef>> parts = lived(10);
    List<FileRef> files = parts.get(0);
    for (FileRef applied : files.subList(0, files.size() - 1)) {
      job.remove(applied);
    }

    job.start(1, parts);

    assertCounts(10);
  }

  @Test
  void shouldReopenAtAnyParallelismAndGoOn() {
    List<List<FileRef>> parts = lived(4);
    for (int parallelism : new int[] {3, 2, 1, 4}) {
      removeAll(parts);
      job.start(parallelism, parts);
      assertCounts(4);
    }

    job.count("key-0", 10);
    List<List<FileRef>> after = job.checkpoint(5);
    job.start(2, after);

    assertThat(job.valueOf("key-0")).isEqualTo(4 + 10);
    assertThat(job.valueOf("key-1")).isEqualTo(4);
  }

  @Test
  void shouldUseTheStoreWhenItsIndexIsGoneOrDamaged() throws IOException {
    List<List<FileRef>> parts = lived(4);
    job.close();
    Files.delete(index());
    job.start(1, parts);
    assertCounts(4);

    job.close();
    Files.writeString(index(), Files.readString(index()).replace("job", "jab"));
    removeAll(parts);

    assertThatThrownBy(() -> job.start(1, parts))
        .as("the store was asked")
        .isInstanceOf(RestoreException.class);
  }

  @Tag("S50")
  @Test
  void shouldNotUseWhatIsNewerThanTheCheckpointOrOfAnotherLineage() {
    job = job("rocksdb");
    job.start(1, List.of());
    job.count("key-0", 1);
    List<List<FileRef>> first = job.checkpoint(0);
    job.count("key-0", 1);
    job.checkpoint(1);

    job.start(1, first);
    assertThat(job.valueOf("key-0")).isEqualTo(1);

    job.count("key-0", 100);
    List<List<FileRef>> fork = job.checkpoint(1);
    StateJob elsewhere = job;
    assertThat(elsewhere.valueOf("key-0")).isEqualTo(101);
    job.start(1, fork);
    assertThat(job.valueOf("key-0")).isEqualTo(101);
  }

  @Tag("S50")
  @Test
  void shouldNotTakeTheStateOfAForkForItsOwn() throws IOException {
    job = job("rocksdb");
    job.start(1, List.of());
    job.count("key-0", 1);
    List<List<FileRef>> first = job.checkpoint(0);
    job.count("key-0", 1);
    job.checkpoint(1);
    job.close();
    Path kept = copyOf(folder("rocksdb"), "kept");

    job.start(1, first);
    job.count("key-0", 100);
    List<List<FileRef>> fork = job.checkpoint(1);
    job.close();
    replace(folder("rocksdb"), kept);
    job.start(1, fork);

    assertThat(job.valueOf("key-0")).as("not checkpoint 1 of the other line").isEqualTo(101);
  }

  @Test
  void shouldNotUseRowsOfACheckpointThatAnUnfinishedSinkHasLeft() throws IOException {
    List<List<FileRef>> parts = lived(4);
    job.close();
    String newest = Files.readString(folder("rocksdb").resolve("weir-newest"));
    LocalFolder local = new LocalFolder(folder("rocksdb"), CrashPoint.Hook.NONE);
    local.noteNewest(5, new Lineage.Run(1, 1, 0));
    removeAll(parts);

    assertThatThrownBy(() -> job.start(1, parts))
        .as("the store was asked")
        .isInstanceOf(RestoreException.class);
    assertThat(newest).startsWith("4 ");
  }

  @Tag("S50")
  @Test
  void shouldGoOnFromWhatAKilledProcessHasLeft() throws IOException {
    List<List<FileRef>> parts = lived(6);
    Path image = copyOf(folder("rocksdb"), "image");
    job.count("key-1", 50);
    job.write(job.freeze(7));
    job.close();
    replace(folder("rocksdb"), image);

    job.start(1, parts);

    assertCounts(6);
  }

  @Test
  void shouldClearOwnersThatWereClearedAfterTheLocalFilesWereLeft() throws IOException {
    List<List<FileRef>> parts = lived(ROUNDS_UNTIL_CLEARED);
    job.close();
    Path image = copyOf(folder("rocksdb"), "image");
    job.start(1, parts);
    parts = lived(ROUNDS_UNTIL_CLEARED, ROUNDS_UNTIL_CLEARED + 1);
    job.close();
    replace(folder("rocksdb"), image);
    List<FileRef> files = parts.get(0);
    files.subList(0, files.size() - 1).forEach(job::remove);

    job.start(2, parts);

    assertCounts(ROUNDS_UNTIL_CLEARED + 1);
  }

  @Test
  void shouldNotUseADamagedFileAgain() throws IOException {
    lived(4);
    for (int key = 0; key < 8; key++) {
      job.task(0).values.put(0, "pad-" + key, "x".repeat(50_000 + key));
    }
    List<List<FileRef>> parts = job.checkpoint(5);
    job.close();
    Path largest = tables().get(0);
    byte[] bytes = Files.readAllBytes(largest);
    bytes[5] ^= 0x55; // In its first block of rows, which is not read when it is opened.
    Files.write(largest, bytes);

    assertThatThrownBy(
            () -> {
              job.start(1, parts);
              readAll();
            })
        .as("RocksDB tells of the damage")
        .isInstanceOf(StorageException.class);
    job.start(1, parts);

    readAll();
    assertCounts(4);
  }

  private void readAll() {
    for (int key = 0; key < 8; key++) {
      assertThat(job.task(0).values.get(0, "pad-" + key)).hasSize(50_000 + key);
      job.valueOf("key-" + key);
    }
  }

  @Test
  void shouldNotUseADatabaseThatLacksAFile() throws IOException {
    List<List<FileRef>> parts = lived(4);
    job.close();
    Files.delete(tables().get(0));

    job.start(1, parts);

    assertCounts(4);
  }

  @Tag("S50")
  @ParameterizedTest
  @EnumSource(
      value = CrashPoint.class,
      names = {
        "BASE_LINKED",
        "BASE_FILE_FORCED",
        "BASE_FILE_WRITTEN",
        "BASE_WRITTEN",
        "LOCAL_REMOVED",
        "LOCAL_FILE_FETCHED",
        "LOCAL_FETCHED",
        "LOCAL_OPENED"
      })
  void shouldLoseAndDoubleNothingWhenItDiesAt(CrashPoint point) throws IOException {
    List<List<FileRef>> parts = lived(12);
    job.close();
    if (point == CrashPoint.LOCAL_REMOVED || point.name().contains("FETCHED")) {
      Files.delete(index());
    }
    dieAt = point;
    try {
      job.start(1, parts);
      job.count("key-0", 0);
      for (long id = 13; id < 40; id++) {
        job.count("key-7", 1);
        parts = job.checkpoint(id);
      }
      assertThat(failure).as("died at " + point).isNotNull();
    } catch (IllegalStateException died) {
      assertThat(died).hasMessage("died at " + point);
    }
    Path image = copyOf(folder("rocksdb"), "image");
    job.close();
    replace(folder("rocksdb"), image);
    dieAt = null;

    job.start(2, parts);

    assertCounts(12);
  }

  @Test
  void shouldRestoreABaseOnEitherBackendAtAnyParallelism() throws Exception {
    List<List<FileRef>> parts = lived(20);
    CheckpointManifest manifest = job.retained().get(job.retained().size() - 1);
    assertThat(manifest.base()).as("a base was made").isPresent();
    assertThat(parts.get(0).size()).as("files after the base").isLessThan(20);

    assertThat(job.load(manifest).values()).hasSize(8).containsEntry("key-3", "20");
    job.close();
    replace(folder("rocksdb"), Files.createDirectory(directory.resolve("nothing")));
    job.start(3, parts);

    assertCounts(20);
  }

  /**
   * A job that has counted each of eight keys this often, with an entry each time that begins anew
   * after some, and taken a checkpoint each time.
   */
  private List<List<FileRef>> lived(int checkpoints) {
    job = job("rocksdb");
    job.start(1, List.of());
    return lived(0, checkpoints);
  }

  /** The same for a job that has lived until then. */
  private List<List<FileRef>> lived(int from, int checkpoints) {
    List<List<FileRef>> parts = List.of();
    for (int i = from; i < checkpoints; i++) {
      for (int key = 0; key < 8; key++) {
        job.count("key-" + key, 1);
        addEntry("key-" + key, i);
      }
      parts = job.checkpoint(i + 1);
    }
    return parts;
  }

  private void addEntry(String owner, int round) {
    Entries entries = job.taskOf(owner).entries;
    if (round % ROUNDS_UNTIL_CLEARED == 0) {
      entries.removeAll(owner);
    }
    entries.put(owner, "" + round % ROUNDS_UNTIL_CLEARED, round);
  }

  private void assertCounts(int expected) {
    int last = expected - 1;
    int cleared = last - last % ROUNDS_UNTIL_CLEARED;
    List<String> entries =
        IntStream.rangeClosed(cleared, last)
            .mapToObj(round -> round % ROUNDS_UNTIL_CLEARED + "=" + round)
            .toList();
    for (int key = 0; key < 7; key++) {
      String owner = "key-" + key;
      assertThat(job.valueOf(owner)).as(owner).isEqualTo(expected);
      assertThat(job.taskOf(owner).entries.of(owner)).as(owner).isEqualTo(entries);
    }
  }

  private void removeAll(List<List<FileRef>> parts) {
    parts.stream().flatMap(List::stream).distinct().forEach(job::remove);
  }

  private StateJob job(String folder) {
    return new StateJob(
        RocksStateStore.in(
            folder(folder),
            new RocksStateStore.Engine(
                Runnable::run, this::reached, thrown -> failure = thrown, 2_000)),
        8,
        this::reached);
  }

  private void reached(CrashPoint point, long checkpointId) {
    if (point == dieAt) {
      throw new IllegalStateException("died at " + point);
    }
  }

  private Path folder(String name) {
    return directory.resolve(name);
  }

  private Path index() {
    return folder("rocksdb").resolve("weir-local");
  }

  /** The largest first. */
  private List<Path> tables() throws IOException {
    try (Stream<Path> files = Files.walk(folder("rocksdb"))) {
      return files
          .filter(file -> file.toString().endsWith(".sst"))
          .sorted(Comparator.comparingLong((Path file) -> file.toFile().length()).reversed())
          .toList();
    }
  }

  /** As a killed process leaves it; again if a compaction removed something meanwhile. */
  private Path copyOf(Path from, String name) throws IOException {
    for (int i = 0; ; i++) {
      try {
        return copied(from, directory.resolve(name + i));
      } catch (NoSuchFileException compacted) {
        assertThat(i).isLessThan(100);
      } catch (UncheckedIOException walking) {
        assertThat(walking).hasCauseInstanceOf(NoSuchFileException.class);
        assertThat(i).isLessThan(100);
      }
    }
  }

  private static Path copied(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  private static void replace(Path folder, Path by) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
    Files.move(by, folder);
  }
}
