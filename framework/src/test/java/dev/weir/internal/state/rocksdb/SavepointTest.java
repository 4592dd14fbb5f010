package dev.weir.internal.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.SnapshotStore;
import dev.weir.error.WeirException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.SnapshotStores;
import dev.weir.internal.state.StateJob;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.heap.HeapStateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavepointTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"heap", "rocksdb"})
  void shouldBeMovedAndRestoredOnEitherBackend(String before) throws Exception {
    save(before);
    Path moved = directory.resolve("elsewhere");
    Files.move(folder(), moved);

    for (String after : List.of("heap", "rocksdb")) {
      for (int parallelism = 1; parallelism <= 3; parallelism++) {
        try (StateJob job = new StateJob(states(after, after + parallelism), 8)) {
          job.start(parallelism, job.imported(objectsIn(moved), moved.toString()));

          assertThat(job.valueOf("key-0")).isEqualTo(20);
          assertThat(job.valueOf("key-7")).isEqualTo(20);
          job.count("key-7", 5);
          job.start(2, job.checkpoint(100));
          assertThat(job.valueOf("key-7")).isEqualTo(25);
          assertThat(job.valueOf("key-0")).isEqualTo(20);
        }
      }
    }
  }

  @Tag("N16")
  @Test
  void shouldNameEachFileOfItsOwnThatIsDamagedOrMissing() throws Exception {
    save("rocksdb");
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder())) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSizeGreaterThan(4);

    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      byte[] flipped = good.clone();
      flipped[good.length / 2] ^= 1;
      Files.write(file, flipped);
      assertRefused(file);
      Files.delete(file);
      assertRefused(file);
      Files.write(file, good);
    }
    try (StateJob job = new StateJob(states("heap", "whole"), 8)) {
      job.start(1, job.imported(objectsIn(folder()), folder().toString()));
      assertThat(job.valueOf("key-0")).isEqualTo(20);
    }
  }

  private void assertRefused(Path file) {
    assertThatThrownBy(
            () -> {
              try (StateJob job = new StateJob(states("heap", "refused"), 8)) {
                job.imported(objectsIn(folder()), folder().toString());
              }
            })
        .isInstanceOf(WeirException.class)
        .hasMessageContaining(file.getFileName().toString());
  }

  /** Counts each of eight keys twenty times and saves that. */
  private void save(String backend) throws IOException {
    try (StateJob job = new StateJob(states(backend, "saved"), 8)) {
      job.start(2, List.of());
      for (int id = 1; id <= 20; id++) {
        for (int key = 0; key < 8; key++) {
          job.count("key-" + key, 1);
        }
        job.checkpoint(id);
        job.retain(1);
      }
      CheckpointManifest newest = job.retained().get(0);
      assertThat(newest.base().isPresent()).isEqualTo(backend.equals("rocksdb"));
      job.save(newest, objectsIn(folder()));
    }
  }

  private StateStore states(String backend, String local) {
    return backend.equals("heap")
        ? new HeapStateStore(RocksBaseRows::open)
        : RocksStateStore.in(
            directory.resolve(local),
            new RocksStateStore.Engine(
                Runnable::run,
                CrashPoint.Hook.NONE,
                failure -> {
                  throw new AssertionError(failure);
                },
                2_000));
  }

  private Path folder() {
    return directory.resolve("savepoint");
  }

  private static SnapshotStore objectsIn(Path folder) {
    return SnapshotStores.open(folder.toUri(), new FileDisk(), CrashPoint.Hook.NONE);
  }
}
