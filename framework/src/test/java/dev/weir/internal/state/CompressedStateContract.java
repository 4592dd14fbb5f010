package dev.weir.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.RestoreException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FileSnapshotStore;
import dev.weir.internal.snapshot.LossyDisk;
import dev.weir.internal.snapshot.StoredManifests;
import dev.weir.job.SnapshotCompression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every kind of keyed state promises about files that are packed, and about their mixture. */
public abstract class CompressedStateContract {
  private static final String MAGIC = "WEIRZLIB";

  protected StateStore states;
  private StateJob job;

  protected abstract StateStore openStore();

  @BeforeEach
  void begin() {
    states = openStore();
    job = new StateJob(states, 8);
  }

  @AfterEach
  void end() {
    job.close();
    states.close();
  }

  @Test
  void shouldWriteFewerBytesAndRestoreThemExactly() throws Exception {
    CheckpointManifest plain = write(SnapshotCompression.NONE, 1);
    CheckpointManifest packed = write(SnapshotCompression.ZLIB, 2);

    assertThat(bytes(packed)).as("of %s", bytes(plain)).isLessThan(bytes(plain) / 4);
    assertThat(job.load(packed)).isEqualTo(job.load(plain));
    assertThat(job.load(packed).values()).hasSize(2_000);
  }

  /** The same rows in a new job, as one file. */
  private CheckpointManifest write(SnapshotCompression compression, long id) {
    job.compress(compression);
    job.start(1, List.of());
    for (int i = 0; i < 2_000; i++) {
      job.task(0).values.put(0, "key-" + i, "a value that is much like any other " + i);
      job.task(0).count(i % 10, "window-" + i, i);
    }
    job.checkpoint(id);
    return newest();
  }

  private CheckpointManifest newest() {
    List<CheckpointManifest> all = job.retained();
    return all.get(all.size() - 1);
  }

  private static long bytes(CheckpointManifest manifest) {
    return manifest.stages().values().stream()
        .flatMap(List::stream)
        .flatMap(part -> part.files().stream())
        .mapToLong(FileRef::bytes)
        .sum();
  }

  @Test
  void shouldGoOnFromAChainOfFilesOfWhichEachIsWrittenInItsOwnWay() {
    List<List<FileRef>> parts = List.of();
    for (int id = 1; id <= 4; id++) {
      job.compress(id % 2 == 0 ? SnapshotCompression.ZLIB : SnapshotCompression.NONE);
      job.start(1, parts);
      job.task(0).values.put(0, "key-" + id, "value-" + id);
      job.task(0).values.put(0, "all", "value-" + id);
      parts = job.checkpoint(id);
    }

    assertThat(parts.get(0))
        .extracting(file -> new String(job.bytesOf(file), 0, 8, StandardCharsets.ISO_8859_1))
        .containsExactly("WEIRROWS", MAGIC, "WEIRROWS", MAGIC);
    job.start(2, parts);
    for (int id = 1; id <= 4; id++) {
      assertThat(job.taskOf("key-" + id).values.get(0, "key-" + id)).isEqualTo("value-" + id);
    }
    assertThat(job.taskOf("all").values.get(0, "all")).isEqualTo("value-4");
  }

  @Test
  void shouldTakeAlongCompressedFilesInASavepoint() throws Exception {
    CheckpointManifest packed = write(SnapshotCompression.ZLIB, 1);
    StateJob.Loaded expected = job.load(packed);
    Path place = Path.of("/savepoint");
    FileSnapshotStore savepoint =
        new FileSnapshotStore(place, new LossyDisk(place), CrashPoint.Hook.NONE);
    job.save(packed, savepoint);

    try (StateStore otherStates = openStore();
        StateJob other = new StateJob(otherStates, 8)) {
      other.start(2, other.imported(savepoint, "savepoint"));
      other.taskOf("more").values.put(0, "more", "than before");
      other.checkpoint(2);

      StateJob.Loaded loaded = other.load(other.retained().get(0));
      assertThat(loaded.windows()).isEqualTo(expected.windows());
      assertThat(loaded.values()).containsAllEntriesOf(expected.values()).hasSize(2_001);
    }
  }

  @Test
  void shouldReadManifestsThatAreCompressed() {
    CheckpointManifest packed = write(SnapshotCompression.ZLIB, 1);
    StoredManifests stored =
        new StoredManifests(
            new FileSnapshotStore(StateJob.ROOT, job.disk, CrashPoint.Hook.NONE), "job");
    String name = stored.names().get(stored.names().size() - 1);

    assertThat(new String(job.disk.bytes(StateJob.ROOT.resolve(name)), StandardCharsets.ISO_8859_1))
        .startsWith(MAGIC);
    assertThat(stored.read(name)).usingRecursiveComparison().isEqualTo(packed);
  }

  /** Zlib's bytes for the same content differ from version to version; what they mean does not. */
  @Test
  void shouldReadTheCompressedFormForEver() throws Exception {
    job.start(1, List.of());
    job.task(0).values.put(0, "k", "overwritten below");
    job.checkpoint(1);
    job.task(0).values.put(0, "k", "overwritten below, too");
    List<FileRef> files = job.checkpoint(2).get(0);

    FileRef base = replaced(files.get(0), golden("base-zlib-1.weir"));
    FileRef delta = replaced(files.get(1), golden("delta-zlib-1.weir"));
    job.start(1, List.of(List.of(base, delta)));

    assertThat(job.task(0).drained(100)).containsExactly("10 a=1", "20 c=3");
    assertThat(job.task(0).values.get(0, "k")).isNull();
    assertThat(job.task(0).values.get(0, "l")).isEqualTo("w");
  }

  private FileRef replaced(FileRef file, byte[] bytes) {
    assertThat(new String(bytes, 0, 8, StandardCharsets.ISO_8859_1)).isEqualTo(MAGIC);
    job.tamper(file, bytes);
    return FileRef.of(file.location(), 0, bytes);
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = CompressedStateContract.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  @Tag("S40")
  @Tag("S41")
  @Test
  void shouldRefuseACompressedFileThatIsDamagedOrMakesNoSense() {
    job.compress(SnapshotCompression.ZLIB);
    job.start(1, List.of());
    job.task(0).values.put(0, "k", "v".repeat(500));
    FileRef file = job.checkpoint(1).get(0).get(0);
    byte[] good = job.bytesOf(file);
    byte[] flipped = good.clone();
    flipped[good.length / 2] ^= 8;
    List<byte[]> bad =
        List.of(
            flipped,
            Arrays.copyOf(good, good.length - 1),
            Arrays.copyOf(good, good.length + 1),
            Arrays.copyOf(good, 8));

    for (byte[] bytes : bad) {
      job.tamper(file, bytes);
      List<FileRef> refs = new ArrayList<>(List.of(file));
      refs.add(FileRef.of(file.location(), 0, bytes)); // As if it had been written so.
      for (FileRef ref : refs.subList(bytes.length > good.length ? 1 : 0, 2)) {
        assertThatThrownBy(() -> job.start(1, List.of(List.of(ref))))
            .isInstanceOf(RestoreException.class)
            .hasMessageContaining(file.location());
      }
    }
  }
}
