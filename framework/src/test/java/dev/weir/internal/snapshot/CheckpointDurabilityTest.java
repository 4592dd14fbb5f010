package dev.weir.internal.snapshot;

import static dev.weir.internal.snapshot.CheckpointStoreTest.JOB;
import static dev.weir.internal.snapshot.CheckpointStoreTest.manifest;
import static dev.weir.internal.snapshot.CheckpointStoreTest.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.InvalidConfigException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What disks do to checkpoints that crash, tear, or cannot be read. */
class CheckpointDurabilityTest {
  @TempDir private Path temp;

  @Tag("S43")
  @Tag("N14")
  @Test
  void shouldLoseNothingThatItSaidIsDurable() {
    int effects = run(new LossyDisk(temp), new ArrayList<>());
    for (int failing = 0; failing <= effects; failing++) {
      LossyDisk disk = new LossyDisk(temp);
      List<FileRef> durable = new ArrayList<>();
      disk.failAt(failing);

      run(disk, durable);
      disk.crash();

      CheckpointStore after = FolderStores.in(temp, disk);
      after.open(JOB);
      for (FileRef file : durable) {
        after.read(file, in -> assertThat(in.readAllBytes()).hasSize((int) file.bytes()));
      }
    }
    assertThat(effects).isGreaterThan(20);
  }

  /** Found by the simulation: the second instance saw the directories, and forced none. */
  @Tag("S43")
  @Test
  void shouldMakeDurableWhatAnInstanceThatDiedHadOnlyMade() {
    Path root = temp.resolve("new/job");
    int effects = run(root, 1, new LossyDisk(temp), new ArrayList<>());
    for (int failing = 0; failing <= effects; failing++) {
      LossyDisk disk = new LossyDisk(temp);
      List<FileRef> durable = new ArrayList<>();
      disk.failAt(failing);
      run(root, 1, disk, new ArrayList<>());
      disk.failAt(Integer.MAX_VALUE);

      run(root, 2, disk, durable);
      disk.crash();

      CheckpointStore after = FolderStores.in(root, disk);
      after.open(JOB);
      assertThat(durable).hasSize(9);
      for (FileRef file : durable) {
        after.read(file, in -> assertThat(in.readAllBytes()).hasSize((int) file.bytes()));
      }
    }
  }

  @Tag("S43")
  @Tag("N14")
  @Test
  void shouldNeverTakeATornFileForAWholeOne() throws IOException {
    int effects = run(new LossyDisk(temp), new ArrayList<>());
    for (int failing = 0; failing <= effects; failing++) {
      for (int torn = 0; torn <= 70_000; torn = torn < 2_048 ? torn + 512 : torn * 4) {
        LossyDisk disk = new LossyDisk(temp);
        List<FileRef> durable = new ArrayList<>();
        disk.failAt(failing);
        run(disk, durable);

        disk.crashTorn(torn);

        CheckpointStore after = FolderStores.in(temp, disk);
        after.open(JOB);
        durable.forEach(file -> after.read(file, in -> in.readAllBytes()));
        FileSnapshotStore objects = FolderStores.objects(temp, disk);
        assertThat(objects.list("").stream().filter(name -> name.endsWith(".weir")))
            .as("objects under their names, failed at %s, torn at %s", failing, torn)
            .hasSizeBetween(durable.size(), durable.size() + 1);
        assertWhole(objects);
      }
    }
  }

  /** A manifest that is there under its name can be read. */
  private static void assertWhole(FileSnapshotStore objects) {
    StoredManifests manifests = new StoredManifests(objects, "torn");
    for (String name : manifests.names()) {
      assertThat(manifests.read(name).job()).isEqualTo(JOB);
    }
  }

  @Tag("N13")
  @Test
  void shouldTellADiskThatCannotReadFromADamagedFile() {
    CheckpointStore store = FolderStores.in(temp, new FileDisk());
    store.open(JOB);
    FileRef file = write(store, 0, 1, "f", out -> out.write(new byte[100]));
    FileSnapshotStore broken =
        new FileSnapshotStore(temp, new UnreadableDisk(), CrashPoint.Hook.NONE);

    assertThatThrownBy(
            () ->
                new CheckpointStore(broken, "broken", CrashPoint.Hook.NONE)
                    .read(file, in -> assertThat(in.read()).as("nothing is shown").isNegative()))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll("broken/checkpoints/0-1/f.weir", "input/output error");
  }

  /** Opens, writes, and notes what was said to be durable, until the disk fails. */
  private int run(LossyDisk disk, List<FileRef> durable) {
    return run(temp, 1, disk, durable);
  }

  /** Opens, writes, and notes what was said to be durable, until the disk fails. */
  private static int run(Path root, long attempt, LossyDisk disk, List<FileRef> durable) {
    CheckpointStore store = FolderStores.in(root, disk);
    try {
      store.open(JOB);
      for (long id = 0; id < 3; id++) {
        durable.add(write(store, id, attempt, "a", out -> out.write(new byte[70_000])));
        durable.add(write(store, id, attempt, "b", out -> out.writeInt(1)));
        durable.add(store.writeManifest(manifest(id, attempt)));
      }
    } catch (StorageException | InvalidConfigException e) {
      assertThat(e).hasMessageContaining("injected");
    }
    return disk.effects().size();
  }

  @Test
  void shouldForceEachFileAndItsDirectoryOnce() {
    LossyDisk disk = new LossyDisk(temp);
    CheckpointStore store = FolderStores.in(temp, disk);
    store.open(JOB);
    write(store, 7, 1, "earlier", out -> {});
    int before = disk.effects().size();

    write(store, 0, 1, "a", out -> out.writeInt(1));
    write(store, 0, 1, "b", out -> out.writeInt(1));

    assertThat(disk.effects().subList(before, disk.effects().size()))
        .containsExactly(
            "mkdir 0-1",
            "force-directory checkpoints",
            "create a.weir.0.tmp",
            "write a.weir.0.tmp",
            "force a.weir.0.tmp",
            "rename a.weir.0.tmp",
            "force-directory 0-1",
            "create b.weir.0.tmp",
            "write b.weir.0.tmp",
            "force b.weir.0.tmp",
            "rename b.weir.0.tmp",
            "force-directory 0-1");
  }
}
