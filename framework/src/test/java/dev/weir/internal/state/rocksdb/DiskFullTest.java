package dev.weir.internal.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.state.StateJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small file system of its own, where one may be mounted. */
class DiskFullTest {
  private static final int VALUE_BYTES = 20_000;

  @TempDir private Path directory;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Random random = new Random(1);
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()));
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  @Tag("S52")
  @Tag("N12")
  @Test
  void shouldStopLoudlyWhenTheLocalDiskIsFullAndGoOnRightOnceThereIsRoom() throws Exception {
    Path filler = Files.write(disk.resolve("filler"), new byte[20 << 20]);
    try (StateJob job = job()) {
      job.start(1, List.of());
      List<List<FileRef>> parts = List.of();
      int completed = 0;
      while (failure.get() == null) {
        fill(job, completed);
        try {
          parts = job.checkpoint(completed);
          completed++;
        } catch (StorageException e) {
          failure.set(e);
        }
        assertThat(completed).as("checkpoints on a full disk").isLessThan(100);
      }
      assertThat(failure.get())
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("state.local.directory");

      Files.delete(filler);
      failure.set(null);
      job.start(1, parts);

      assertThat(job.valueOf("count")).isEqualTo(completed);
      fill(job, completed);
      job.start(2, job.checkpoint(completed));
      assertThat(job.valueOf("count")).isEqualTo(completed + 1);
      assertThat(failure.get()).isNull();
    }
  }

  private void fill(StateJob job, int round) {
    job.count("count", 1);
    for (int i = 0; i < 10; i++) {
      StringBuilder value = new StringBuilder();
      random.ints(VALUE_BYTES, ' ', '~').forEach(c -> value.append((char) c));
      job.task(0).values.put(0, "value-" + round + "-" + i, value.toString());
    }
  }

  private StateJob job() {
    return new StateJob(
        RocksStateStore.in(
            disk.resolve("local"),
            new RocksStateStore.Engine(Runnable::run, CrashPoint.Hook.NONE, failure::set, 500_000)),
        8);
  }
}
