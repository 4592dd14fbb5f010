package dev.weir.testing.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.internal.snapshot.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Used from outside of a run, where nothing waits. */
class SimDiskTest {
  private static final Path FOLDER = Path.of("/folder");
  private static final Path FILE = FOLDER.resolve("file");

  @Test
  void shouldKeepWhatWasForcedWithItsName() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      SimDisk disk = disk(seed);
      Disk view = written(disk, seed, true);

      disk.powerFails();

      assertThat(bytes(view, FILE)).hasSize(2_000).containsOnly(7);
    }
  }

  @Test
  void shouldLoseTornBlocksAndNamesThatWereNotForced() throws IOException {
    Set<String> outcomes = new HashSet<>();
    for (long seed = 0; seed < 40; seed++) {
      SimDisk disk = disk(seed);
      Disk view = written(disk, seed, false);

      disk.powerFails();

      outcomes.add(
          !view.exists(FILE) ? "no name" : bytes(view, FILE).length < 2_000 ? "short" : "");
    }

    assertThat(outcomes).contains("no name", "short");
  }

  @Test
  void shouldFailTheEffectThatItIsToldAndDropWhatAFailedForceHeld() throws IOException {
    Scheduler scheduler = new Scheduler(1, new Trace(false));
    SimDisk disk = new SimDisk(scheduler, effect -> effect == 3);
    Disk view = disk.of(new SimProcess(scheduler, "p"));
    view.createDirectory(FOLDER);
    Disk.WritableFile file = view.create(FILE);
    file.write(new byte[10], 0, 10);

    assertThatThrownBy(file::force).isInstanceOf(IOException.class).hasMessageContaining("force");

    assertThat(bytes(view, FILE)).isEmpty();
  }

  @Test
  void shouldReleaseTheLocksOfAProcessThatDies() throws IOException {
    Scheduler scheduler = new Scheduler(1, new Trace(false));
    SimDisk disk = new SimDisk(scheduler, effect -> false);
    SimProcess first = new SimProcess(scheduler, "first");
    Disk other = disk.of(new SimProcess(scheduler, "other"));
    boolean isFirsts = disk.of(first).tryLock(FILE).isPresent();
    boolean isRefused = other.tryLock(FILE).isEmpty();

    first.kill();

    assertThat(isFirsts && isRefused).isTrue();
    assertThat(other.tryLock(FILE)).isPresent();
  }

  @Test
  void shouldKeepSomeBlocksOfWhatWasOverwrittenAndNotForced() throws IOException {
    Set<Integer> kept = new HashSet<>();
    for (long seed = 0; seed < 40; seed++) {
      SimDisk disk = disk(seed);
      Disk view = written(disk, seed, true);
      byte[] other = new byte[1_000];
      Arrays.fill(other, (byte) 9);
      view.reopen(FILE).overwrite(512, other);

      disk.powerFails();

      byte[] left = bytes(view, FILE);
      assertThat(left).hasSize(2_000).startsWith(new byte[] {7}).endsWith(new byte[] {7});
      kept.add(left[512] * 100 + left[1_024]);
    }

    assertThat(kept).containsExactlyInAnyOrder(707, 709, 907, 909);
  }

  private static SimDisk disk(long seed) {
    return new SimDisk(new Scheduler(seed, new Trace(false)), effect -> false);
  }

  private static Disk written(SimDisk disk, long seed, boolean isForced) throws IOException {
    Disk view = disk.of(new SimProcess(new Scheduler(seed, new Trace(false)), "p"));
    view.createDirectory(FOLDER);
    view.forceDirectory(Path.of("/"));
    Disk.WritableFile file = view.create(FILE);
    byte[] bytes = new byte[2_000];
    Arrays.fill(bytes, (byte) 7);
    file.write(bytes, 0, bytes.length);
    if (isForced) {
      file.force();
      view.forceDirectory(FOLDER);
    }
    return view;
  }

  private static byte[] bytes(Disk view, Path file) throws IOException {
    try (InputStream in = view.open(file)) {
      return in.readAllBytes();
    }
  }
}
