package dev.weir.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.CheckpointStore.RetainedManifest;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.LossyDisk;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.SharedBases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ScrubTest {
  private static final Path ROOT = Path.of("/job");
  private static final long PASS_MILLIS = 700_000;

  private final LossyDisk disk = new LossyDisk(ROOT);
  private final CheckpointStore store = FolderStores.in(ROOT, disk);
  private final List<RetainedManifest> retained = new ArrayList<>();
  private final List<FileRef> damaged = new ArrayList<>();
  private final List<FileRef> files = new ArrayList<>();
  private Scrub scrub;
  private int reads;
  private long now;

  @BeforeEach
  void openWithThreeFiles() {
    store.open("job");
    for (int i = 0; i < 3; i++) {
      files.add(store.writeBaseFile(1, 1, "f" + i, out -> out.write(new byte[1 << 20])));
    }
    List<SharedBase.NamedFile> named =
        files.stream().map(file -> new SharedBase.NamedFile("A", file)).toList();
    CheckpointManifest manifest =
        new CheckpointManifest(
            "job", 1, 1, 8, Lineage.NONE, Map.of(), Optional.of(new SharedBase(1, 0, named)));
    retained.add(new RetainedManifest(store.writeManifest(manifest), manifest));
    CheckpointScope scope =
        new CheckpointScope(
            "job",
            1,
            8,
            Lineage.NONE,
            1,
            store,
            SharedBases.NONE,
            null,
            Runnable::run,
            this::read,
            Runnable::run,
            null,
            CrashPoint.Hook.NONE);
    scrub = new Scrub(scope, () -> retained, damaged::add);
  }

  private void read(Runnable reading) {
    reads++;
    reading.run();
  }

  @Tag("S40")
  @Test
  void shouldTellOfADamagedFileWhileTheStateIsStillThere() {
    pass();
    assertThat(damaged).isEmpty();
    assertThat(reads).isEqualTo(4);
    byte[] flipped = new byte[1 << 20];
    flipped[77] = 1;
    disk.tamper(ROOT.resolve(files.get(1).location()), flipped);

    pass();

    assertThat(damaged).containsExactly(files.get(1));
  }

  @Test
  void shouldReadNoFasterThanItsRate() {
    scrub.tick(now);
    now += PASS_MILLIS;
    long start = now;
    while (reads < 4) {
      scrub.tick(now);
      now++;
    }

    assertThat(now - start).as("two MiB before the third").isBetween(250L, 260L);
  }

  @Test
  void shouldNotMindWhatRetentionHasRemoved() throws Exception {
    scrub.tick(now);
    now += PASS_MILLIS;
    scrub.tick(now);
    disk.delete(ROOT.resolve(files.get(0).location()));
    retained.clear();

    pass();

    assertThat(damaged).isEmpty();
  }

  private void pass() {
    scrub.tick(now);
    for (long end = now + PASS_MILLIS; now < end; now += 100) {
      scrub.tick(now);
    }
  }
}
