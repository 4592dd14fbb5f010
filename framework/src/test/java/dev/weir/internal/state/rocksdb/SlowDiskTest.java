package dev.weir.internal.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.state.StateJob;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a block device of its own that is made to write slowly, where the kernel lets us. */
class SlowDiskTest {
  private static final Path LIMITS =
      Path.of("/sys/fs/cgroup/blkio/blkio.throttle.write_bps_device");
  private static final long DEVICE_BYTES = 128L << 20;
  private static final int BYTES_PER_SECOND = 1_000_000;
  private static final int VALUE_BYTES = 20_000;
  private static final int ROUNDS = 20;
  private static final int SECTORS_WRITTEN = 6;
  private static final int SECTOR_BYTES = 512;

  @TempDir private Path directory;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final ExecutorService io = Executors.newSingleThreadExecutor();
  private final Random random = new Random(1);
  private Path disk;
  private Optional<String> device = Optional.empty();

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(Files.isWritable(LIMITS), "the kernel slows down single devices");
    Path image = directory.resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(DEVICE_BYTES);
    }
    device = said("losetup", "-f", "--show", image.toString());
    assumeTrue(device.isPresent(), "a file can be used as a device");
    disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(said("mkfs.ext4", "-q", "-O", "^has_journal", device.get()).isPresent());
    assumeTrue(said("mount", device.get(), disk.toString()).isPresent());
    limit(BYTES_PER_SECOND);
    assumeTrue(secondsFor(BYTES_PER_SECOND) > 0.5, "the device is slow");
  }

  @AfterEach
  void unmount() throws Exception {
    io.shutdownNow();
    if (device.isPresent()) {
      limit(0);
      said("umount", directory.resolve("disk").toString());
      said("losetup", "-d", device.get());
    }
  }

  /** What a command has said; empty if it failed or is not there. */
  private static Optional<String> said(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      byte[] bytes = process.getInputStream().readAllBytes();
      boolean isDone = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
      return isDone
          ? Optional.of(new String(bytes, StandardCharsets.UTF_8).strip())
          : Optional.empty();
    } catch (IOException noSuchCommand) {
      return Optional.empty();
    }
  }

  /** Bytes a second; 0 is no limit. */
  private void limit(int bytesPerSecond) throws IOException {
    String number = Files.readString(block().resolve("dev")).strip();
    Files.writeString(LIMITS, number + " " + bytesPerSecond);
  }

  private Path block() {
    return Path.of("/sys/block").resolve(Path.of(device.orElseThrow()).getFileName());
  }

  private double secondsFor(int bytes) throws IOException {
    long start = System.nanoTime();
    try (FileChannel file =
        FileChannel.open(
            disk.resolve("probe"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(bytes));
      file.force(true);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  @Tag("N11")
  @Test
  void shouldCompleteCheckpointsAndLoseNothingThoughTheDiskBelowRocksDbIsSlow() throws Exception {
    try (StateJob job = job()) {
      job.start(1, List.of());
      List<List<FileRef>> parts = List.of();
      long start = System.nanoTime();
      long before = bytesWritten();
      for (int round = 0; round < ROUNDS; round++) {
        fill(job, round);
        parts = job.checkpoint(round);
      }
      job.task(0).backend.settle();
      assertThat(job.valueOf("count")).isEqualTo(ROUNDS);

      job.start(2, parts);
      assertThat(job.valueOf("count")).isEqualTo(ROUNDS);
      fill(job, ROUNDS);
      job.start(1, job.checkpoint(ROUNDS));
      assertThat(job.valueOf("count")).isEqualTo(ROUNDS + 1);
      assertThat(failure.get()).isNull();
      long written = bytesWritten() - before;
      assertThat(written).as("bytes that the disk was given").isGreaterThan(BYTES_PER_SECOND);
      assertThat((System.nanoTime() - start) / 1e9)
          .as("seconds for %s bytes", written)
          .isGreaterThan(0.5 * written / BYTES_PER_SECOND);
    }
  }

  private long bytesWritten() throws IOException {
    String[] counts = Files.readString(block().resolve("stat")).strip().split("\\s+");
    return Long.parseLong(counts[SECTORS_WRITTEN]) * SECTOR_BYTES;
  }

  /** Values of random printable characters, which no compression makes small. */
  private void fill(StateJob job, int round) {
    job.count("count", 1);
    for (int i = 0; i < 10; i++) {
      StringBuilder value = new StringBuilder();
      random.ints(VALUE_BYTES, ' ', '~').forEach(c -> value.append((char) c));
      String key = "value-" + round + "-" + i;
      job.taskOf(key).values.put(0, key, value.toString());
    }
  }

  private StateJob job() {
    return new StateJob(
        RocksStateStore.in(
            disk.resolve("local"),
            new RocksStateStore.Engine(io, CrashPoint.Hook.NONE, failure::set, 1_000_000)),
        8);
  }
}
