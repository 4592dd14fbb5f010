package dev.weir.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.LedgerEntry;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointStore.RetainedManifest;
import dev.weir.job.SnapshotCompression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointStoreTest {
  static final String JOB = "clickcount";

  @TempDir private Path temp;

  @Tag("S52")
  @Tag("N12")
  @Tag("N13")
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void shouldTryAgainAtWhateverStepAWriteFails(int effect) {
    LossyDisk disk = new LossyDisk(Path.of("/data"));
    CheckpointStore store = retrying(disk);
    disk.failOnce(disk.effects().size() + effect);

    StatePack pack = store.pack(3, 1, 1);
    FileRef file = pack.write("count-0", out -> out.writeUTF("hello"));
    pack.done().toCompletableFuture().join();
    FileRef large = store.writeBaseFile(1, 1, "base", out -> out.writeUTF("large"));

    disk.crash();
    store.read(file, in -> assertThat(in.readUTF()).isEqualTo("hello"));
    store.read(large, in -> assertThat(in.readUTF()).isEqualTo("large"));
  }

  @Test
  void shouldGiveUpAWriteAfterSoManyTries() {
    LossyDisk disk = new LossyDisk(Path.of("/data"));
    CheckpointStore store = retrying(disk);
    disk.failAt(disk.effects().size());

    assertThatThrownBy(() -> store.writeBaseFile(1, 1, "base", out -> out.writeUTF("x")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("injected failure");
  }

  private static CheckpointStore retrying(LossyDisk disk) {
    Path root = Path.of("/data/job");
    CheckpointStore store =
        new CheckpointStore(
            new FileSnapshotStore(root, disk, CrashPoint.Hook.NONE),
            root.toString(),
            CrashPoint.Hook.NONE,
            new CheckpointStore.Writing(2, SnapshotCompression.NONE));
    store.open("job");
    return store;
  }

  @Test
  void shouldLetInstancesOpenTheFolderInTheSameMoment() throws Exception {
    for (int round = 0; round < 200; round++) {
      Path root = temp.resolve("round-" + round + "/job");
      ExecutorService instances = Executors.newFixedThreadPool(4);
      List<Future<?>> opened = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        opened.add(instances.submit(() -> opened(root)));
      }

      for (Future<?> each : opened) {
        assertThatCode(each::get).doesNotThrowAnyException();
      }
      instances.shutdown();
    }
  }

  @Test
  void shouldRemoveWhatIsLeftOfProbesOfTheDead() throws Exception {
    Path root = temp.resolve("job");
    Path probes = Files.createDirectories(root.resolve("weir-probe"));
    for (String left : List.of("probe", "probe.0.tmp", "probe.7.tmp")) {
      Files.write(probes.resolve(left), new byte[] {1});
    }
    Files.write(root.resolve("somebody-elses.tmp"), new byte[] {1});

    CheckpointStore unused = opened(root);

    try (Stream<Path> files = Files.list(root)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("weir-job", "somebody-elses.tmp");
    }
  }

  @Test
  void shouldReadBackWhatItWrote() {
    CheckpointStore store = opened(temp.resolve("a/b/job"));

    FileRef file = write(store, 3, 7, "count-0.delta", out -> out.writeUTF("hello"));
    FileRef manifest = store.writeManifest(manifest(3, 7, file));
    CheckpointManifest read = store.readManifest(entry(3, 7, manifest));

    assertThat(file.location()).isEqualTo("checkpoints/3-7/count-0.delta.weir");
    assertThat(store.newestManifest()).hasValue(3);
    assertThat(read.stages().get("count").get(0).files()).containsExactly(file);
    store.read(file, in -> assertThat(in.readUTF()).isEqualTo("hello"));
  }

  @Tag("S45")
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000, 9_000_000})
  void shouldKeepFilesOfEverySize(int size) {
    CheckpointStore store = opened(temp);
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);

    FileRef file =
        write(
            store,
            0,
            1,
            "f",
            out -> {
              out.write(bytes, 0, size / 3);
              out.write(bytes, size / 3, size - size / 3);
            });

    assertThat(file.bytes()).isEqualTo(size);
    store.read(file, in -> assertThat(in.readAllBytes()).isEqualTo(bytes));
  }

  @Tag("S41")
  @Tag("N16")
  @ParameterizedTest
  @ValueSource(ints = {100, 9_000_000})
  void shouldShowNoByteOfADamagedFile(int size) throws IOException {
    CheckpointStore store = opened(temp);
    FileRef file = write(store, 0, 1, "f", out -> out.write(new byte[size]));
    Path path = temp.resolve(file.location());
    byte[] flipped = new byte[size];
    flipped[size / 2] = 1;

    for (byte[] found : List.of(flipped, new byte[size - 1], new byte[0])) {
      Files.write(path, found);

      assertThatThrownBy(() -> store.read(file, in -> failIfShown()))
          .isInstanceOf(RestoreException.class)
          .hasMessageContaining(path.toString());
    }
    Files.delete(path);

    assertThatThrownBy(() -> store.read(file, in -> failIfShown()))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll(path.toString(), "missing");
  }

  private static void failIfShown() {
    throw new AssertionError("bytes of a damaged file were shown");
  }

  @Test
  void shouldRefuseWhatAReaderCannotUnderstandOrLeavesOver() {
    CheckpointStore store = opened(temp);
    FileRef file = write(store, 0, 1, "f", out -> out.writeLong(1));

    assertThatThrownBy(() -> store.read(file, in -> in.readFully(new byte[9])))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining(file.location());
    assertThatThrownBy(() -> store.read(file, in -> in.readFully(new byte[7])))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("1 bytes follow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../other/checkpoints/0-1/f.weir",
        "checkpoints/../../f.weir",
        "checkpoints/0-1/../f.weir",
        "checkpoints/0-1/f",
        "weir-job",
        ""
      })
  void shouldNeverFollowALocationOutOfItsFolder(String location) {
    CheckpointStore store = opened(temp);

    assertThatThrownBy(() -> store.read(new FileRef(location, 0, 1, 1), in -> failIfShown()))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("name");
  }

  @Tag("S51")
  @Tag("N17")
  @Test
  void shouldRefuseTheFolderOfAnotherJob() {
    opened(temp);
    CheckpointStore other = store(temp);

    assertThatThrownBy(() -> other.open("billing"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContainingAll("billing", JOB, temp.toString());
    opened(temp);
  }

  @Test
  void shouldRefuseAFolderItCannotWriteTo() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "not a folder");
    Path job = temp.resolve("job");
    LossyDisk readOnly = new LossyDisk(job);
    readOnly.failAt(0);

    assertThatThrownBy(() -> store(file.resolve("job")).open(JOB))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> FolderStores.in(job, readOnly).open(JOB))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContainingAll(job.toString(), "injected");
  }

  @Tag("N15")
  @Test
  void shouldNoticeAFolderThatBecameReadOnly() {
    LossyDisk disk = new LossyDisk(temp);
    FolderStores.in(temp, disk).open(JOB);
    disk.failAt(disk.effects().size());

    assertThatThrownBy(() -> FolderStores.in(temp, disk).open(JOB))
        .isInstanceOf(InvalidConfigException.class);
  }

  @Test
  void shouldRefuseCheckpointsWithoutAnOwnerAndAnUnknownOwnerFile() throws IOException {
    CheckpointStore store = opened(temp);
    write(store, 0, 1, "f", out -> {});
    Files.delete(temp.resolve("weir-job"));

    assertThatThrownBy(() -> store(temp).open(JOB))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("weir-job");
    Files.writeString(temp.resolve("weir-job"), "weir-job 2\n" + JOB + "\n");

    assertThatThrownBy(() -> store(temp).open(JOB))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("weir-job 2");
  }

  @Test
  void shouldNotOverwriteAFile() {
    CheckpointStore store = opened(temp);
    write(store, 0, 1, "f", out -> out.writeByte(1));

    assertThatThrownBy(() -> write(store, 0, 1, "f", out -> out.writeByte(2)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("f.weir");
    assertThatThrownBy(() -> write(store, 0, 1, "../f", out -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> write(store, 0, 1, "manifest", out -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Tag("S41")
  @Tag("N16")
  @Test
  void shouldRefuseAManifestThatIsNotTheOneTheLedgerMeans() {
    CheckpointStore store = opened(temp);
    FileRef manifest = store.writeManifest(manifest(3, 7));
    FileRef foreign = store.writeManifest(manifestOf("billing", 4, 7));

    assertThatThrownBy(() -> store.readManifest(entry(4, 7, manifest)))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll("checkpoint 4", "checkpoint 3");
    assertThatThrownBy(() -> store.readManifest(entry(4, 7, foreign)))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll("billing", JOB);
  }

  @Tag("S38")
  @Tag("S39")
  @Tag("N36")
  @Test
  void shouldKeepOnlyWhatRetainedManifestsName() throws IOException {
    CheckpointStore store = opened(temp);
    FileRef base = write(store, 1, 1, "base", out -> out.writeByte(1));
    FileRef unused = write(store, 1, 1, "unused", out -> out.writeByte(1));
    FileRef manifest1 = store.writeManifest(manifest(1, 1, base, unused));
    FileRef delta = write(store, 2, 2, "delta", out -> out.writeByte(2));
    FileRef manifest2 = store.writeManifest(manifest(2, 2, base, delta));
    FileRef orphan = write(store, 9, 1, "orphan", out -> {});
    FileRef underWay = write(store, 3, 2, "under-way", out -> {});
    FileRef later = write(store, 1, 3, "later", out -> {});
    Path foreign = Files.writeString(temp.resolve("checkpoints/1-1/notes.txt"), "mine");
    Path foreignFolder = Files.createDirectory(temp.resolve("checkpoints/keep-me"));
    Path left = Files.writeString(temp.resolve("checkpoints/9-1/x.weir.tmp"), "half");

    store.retainOnly(List.of(new RetainedManifest(manifest2, manifest(2, 2, base, delta))), 2);

    assertThat(locations(base, delta, manifest2, underWay, later)).allMatch(Files::exists);
    assertThat(locations(manifest1, unused, orphan)).noneMatch(Files::exists);
    assertThat(foreign).exists();
    assertThat(foreignFolder).exists();
    assertThat(left.getParent()).doesNotExist();
  }

  @Tag("S39")
  @Tag("N36")
  @Test
  void shouldBeAbleToEndAnInterruptedRemoval() {
    List<CrashPoint> points = new ArrayList<>();
    CheckpointStore store =
        FolderStores.in(temp, new FileDisk(), (point, id) -> dieAtSecondDelete(point, points));
    store.open(JOB);
    FileRef old = write(store, 1, 1, "old", out -> {});
    FileRef oldManifest = store.writeManifest(manifest(1, 1, old));
    FileRef kept = store.writeManifest(manifest(2, 1));
    List<RetainedManifest> retained = List.of(new RetainedManifest(kept, manifest(2, 1)));

    assertThatThrownBy(() -> store.retainOnly(retained, 1)).hasMessage("died");
    assertThat(locations(oldManifest)).noneMatch(Files::exists);
    assertThat(locations(old)).allMatch(Files::exists);
    assertThat(FolderStores.manifests(temp, new FileDisk())).containsExactly(kept.location());
    store.retainOnly(retained, 1);

    assertThat(locations(old)).noneMatch(Files::exists);
    assertThat(FolderStores.manifests(temp, new FileDisk())).containsExactly(kept.location());
    assertThatThrownBy(() -> store.retainOnly(List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void dieAtSecondDelete(CrashPoint point, List<CrashPoint> points) {
    if (point == CrashPoint.BEFORE_DELETE) {
      points.add(point);
      if (points.size() == 2) {
        throw new IllegalStateException("died");
      }
    }
  }

  @Test
  void shouldReachItsCrashPointsInOrder() {
    List<String> points = new ArrayList<>();
    CheckpointStore store =
        FolderStores.in(temp, new FileDisk(), (point, id) -> points.add(point + " " + id));
    store.open(JOB);

    StatePack pack = store.pack(5, 1, 1);
    pack.write("f", out -> out.writeInt(1));
    pack.done();
    store.writeManifest(manifest(5, 1));

    assertThat(points)
        .containsExactly("STATE_FILE_FORCED 5", "STATE_FILE_WRITTEN 5", "MANIFEST_FORCED 5");
  }

  static CheckpointManifest manifest(long id, long attempt, FileRef... files) {
    return manifestOf(JOB, id, attempt, files);
  }

  private static CheckpointManifest manifestOf(
      String job, long id, long attempt, FileRef... files) {
    byte[] inline = "inline".getBytes(StandardCharsets.UTF_8);
    return new CheckpointManifest(
        job,
        id,
        attempt,
        128,
        Lineage.NONE,
        Map.of("count", List.of(new StagePart(0, inline, List.of(files)))),
        Optional.empty());
  }

  static FileRef write(
      CheckpointStore store,
      long id,
      long attempt,
      String name,
      CheckpointStore.FileContent content) {
    return store.write(Layout.stateLocation(id, attempt, name), content);
  }

  private static LedgerEntry entry(long id, long attempt, FileRef manifest) {
    return new LedgerEntry(
        id, attempt, manifest.location(), manifest.bytes(), manifest.crc32c(), 0);
  }

  private List<Path> locations(FileRef... files) {
    return Arrays.stream(files).map(file -> temp.resolve(file.location())).toList();
  }

  private static CheckpointStore store(Path root) {
    return FolderStores.in(root, new FileDisk());
  }

  private static CheckpointStore opened(Path root) {
    CheckpointStore store = store(root);
    store.open(JOB);
    return store;
  }
}
