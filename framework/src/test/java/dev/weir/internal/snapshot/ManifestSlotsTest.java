package dev.weir.internal.snapshot;

import static dev.weir.internal.snapshot.CheckpointStoreTest.JOB;
import static dev.weir.internal.snapshot.CheckpointStoreTest.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.InvalidConfigException;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.base.Slots;
import dev.weir.internal.snapshot.CheckpointStore.RetainedManifest;
import dev.weir.job.SnapshotCompression;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ManifestSlotsTest {
  private static final Path ROOT = Path.of("/job");
  private static final Path SLOTS = ROOT.resolve("checkpoints/manifests-1.slots");
  private static final int COUNT = Slots.FILE_BYTES / Slots.BYTES;

  private final LossyDisk disk = new LossyDisk(ROOT);
  private final CheckpointStore store = FolderStores.in(ROOT, disk);

  @Test
  void shouldForceAManifestOnceFromTheThirdOn() {
    write(0, 1, 2);
    int before = disk.effects().size();

    FileRef third = store.writeManifest(manifest(3, 1));

    assertThat(effectsSince(before))
        .containsExactly("overwrite manifests-1.slots", "force manifests-1.slots");
    assertThat(FolderStores.in(ROOT, disk).readManifest(third).checkpointId()).isEqualTo(3);
  }

  @Test
  void shouldKeepTheOnlyManifestThatSomebodyWritesAsAFile() {
    FileRef only = write(7);

    assertThat(disk.files()).contains(ROOT.resolve(only.location()));
    assertThat(disk.files()).doesNotContain(SLOTS);
  }

  @Test
  void shouldOverwriteSlotsOfManifestsThatAreRemoved() {
    FileRef newest = write(0);
    for (long id = 1; id < 3 * COUNT; id++) {
      newest = write(id);
      retain(newest, id);
    }

    assertThat(stored()).containsExactly(newest.location());
    assertThat(disk.files()).filteredOn(file -> file.startsWith(SLOTS.getParent())).hasSize(1);
  }

  @Test
  void shouldWriteAFileIfNoSlotIsFreeOrTheManifestIsTooLarge() {
    write(0);
    List<FileRef> files = new ArrayList<>();
    for (long id = 1; id <= COUNT + 1; id++) {
      files.add(write(id));
    }
    CheckpointManifest large =
        manifest(99, 1, new FileRef("checkpoints/99-1/" + "x".repeat(5_000) + ".weir", 0, 1, 1));
    FileRef largeFile = store.writeManifest(large);

    assertThat(disk.files())
        .contains(ROOT.resolve(files.get(COUNT).location()), ROOT.resolve(largeFile.location()))
        .doesNotContain(ROOT.resolve(files.get(COUNT - 1).location()));
    assertThat(store.readManifest(largeFile).files())
        .containsExactlyElementsOf(large.files().toList());
    assertThat(stored()).hasSize(COUNT + 3);
  }

  @Test
  void shouldRefuseANameThatIsTaken() {
    write(0, 1, 2);

    assertThatThrownBy(() -> store.writeManifest(manifest(0, 1)))
        .hasCauseInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> store.writeManifest(manifest(2, 1)))
        .hasCauseInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> FolderStores.in(ROOT, disk).writeManifest(manifest(2, 1)))
        .as("written by another instance")
        .hasCauseInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void shouldLeaveNothingOfAnEarlierAttempt() {
    write(0, 1, 2);
    CheckpointStore next = FolderStores.in(ROOT, disk);
    FileRef restarted = next.writeManifest(manifest(3, 2));

    next.retainOnly(List.of(new RetainedManifest(restarted, manifest(3, 2))), 2);

    assertThat(disk.files()).containsExactly(ROOT.resolve(restarted.location()));
  }

  @Test
  void shouldLetALaterAttemptRemoveSlotsThatHoldNothing() throws IOException {
    write(0);
    FileRef small = write(1);
    CheckpointManifest large =
        manifest(2, 1, new FileRef("checkpoints/2-1/" + "x".repeat(5_000) + ".weir", 0, 1, 1));
    RetainedManifest kept = new RetainedManifest(store.writeManifest(large), large);
    store.retainOnly(List.of(kept), 1);
    assertThat(stored()).doesNotContain(small.location());
    assertThat(FolderStores.objects(ROOT, disk).list("checkpoints"))
        .contains("checkpoints/manifests-1.slots.tmp");

    store.retainOnly(List.of(kept), 1);
    assertThat(disk.files()).as("its own attempt may write there").contains(SLOTS);
    FolderStores.in(ROOT, disk).retainOnly(List.of(kept), 2);

    assertThat(disk.files()).containsExactly(ROOT.resolve(kept.file().location()));
  }

  @Tag("S43")
  @Tag("N14")
  @Test
  void shouldNeverForceAgainWhereAForceHasFailed() {
    CheckpointStore retrying =
        new CheckpointStore(
            FolderStores.objects(ROOT, disk),
            "retrying",
            CrashPoint.Hook.NONE,
            new CheckpointStore.Writing(1, SnapshotCompression.NONE));
    List<FileRef> written = new ArrayList<>();
    for (long id = 0; id < 3; id++) {
      written.add(retrying.writeManifest(manifest(id, 1)));
    }
    disk.failOnce(disk.effects().size() + 1);

    written.add(retrying.writeManifest(manifest(3, 1)));
    written.add(retrying.writeManifest(manifest(4, 1)));

    assertThat(disk.files())
        .contains(ROOT.resolve(written.get(3).location()), ROOT.resolve(written.get(4).location()));
    disk.crash();
    written.forEach(file -> store.readManifest(file));
    assertThat(stored()).hasSize(5);
  }

  @Tag("N13")
  @Test
  void shouldNotShowADamagedManifest() {
    FileRef file = write(0, 1, 2);
    byte[] bytes = disk.bytes(SLOTS);
    bytes[Slots.BYTES + 100] ^= 1;
    disk.tamper(SLOTS, bytes);

    assertThat(stored()).hasSize(2).doesNotContain(file.location());
    assertThatThrownBy(() -> store.readManifest(file))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll(file.location(), "missing");
  }

  /** Whatever is done last when the power fails, and whichever of its blocks come to the disk. */
  @Tag("S43")
  @Tag("N14")
  @Test
  void shouldKeepTheNewestManifestAndNeverShowATornOne() {
    int effects = run(disk);
    assertThat(effects).isGreaterThan(20);
    for (int failing = 0; failing <= effects; failing++) {
      for (int torn = -1; torn <= Slots.BYTES; torn = torn < 512 ? torn + 57 : torn * 2) {
        LossyDisk lossy = new LossyDisk(ROOT);
        lossy.failAt(failing);
        Optional<FileRef> newest = newestOf(lossy);

        crash(lossy, torn);

        newest.ifPresent(file -> FolderStores.in(ROOT, lossy).readManifest(file));
        StoredManifests after = new StoredManifests(FolderStores.objects(ROOT, lossy), "torn");
        after.names().forEach(name -> assertThat(after.read(name).job()).isEqualTo(JOB));
      }
    }
  }

  private static void crash(LossyDisk lossy, int torn) {
    if (torn < 0) {
      lossy.crash();
    } else {
      lossy.crashTorn(torn);
    }
  }

  private FileRef newest;

  private Optional<FileRef> newestOf(LossyDisk lossy) {
    newest = null;
    run(lossy);
    return Optional.ofNullable(newest);
  }

  private int run(LossyDisk lossy) {
    CheckpointStore writing = FolderStores.in(ROOT, lossy);
    try {
      writing.open(JOB);
      for (long id = 0; id < 6; id++) {
        newest = writing.writeManifest(manifest(id, 1));
        writing.retainOnly(List.of(new RetainedManifest(newest, manifest(id, 1))), 1);
      }
    } catch (StorageException | InvalidConfigException e) {
      assertThat(e).hasMessageContaining("injected");
    }
    return lossy.effects().size();
  }

  private FileRef write(long... ids) {
    FileRef last = null;
    for (long id : ids) {
      last = store.writeManifest(manifest(id, 1));
    }
    return last;
  }

  private void retain(FileRef file, long id) {
    store.retainOnly(List.of(new RetainedManifest(file, manifest(id, 1))), 1);
  }

  private List<String> stored() {
    return FolderStores.manifests(ROOT, disk);
  }

  private List<String> effectsSince(int before) {
    return disk.effects().subList(before, disk.effects().size());
  }
}
