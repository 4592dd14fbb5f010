package dev.weir.testing.proof;

import dev.weir.connector.SnapshotStore;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.job.inspect.StateReading;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.job.stored.StateRow;
import dev.weir.testing.sim.SimDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checkpoints on the simulated disk, for the engine's own reader: those of now, or each as it was
 * when it got its name. Only read. Used by whoever has the baton.
 */
final class SimObjects implements SnapshotStore {
  private final SimDisk disk;
  private final Path folder;
  private final Function<Path, Optional<byte[]>> bytes;

  private SimObjects(SimDisk disk, Path folder, Function<Path, Optional<byte[]>> bytes) {
    this.disk = disk;
    this.folder = folder;
    this.bytes = bytes;
  }

  static SimObjects ofNow(SimDisk disk, Path folder) {
    return new SimObjects(disk, folder, disk::bytes);
  }

  static SimObjects whenNamed(SimDisk disk, Path folder) {
    return new SimObjects(disk, folder, disk::bytesWhenNamed);
  }

  /** Reads a manifest, which must be what it was when it got its name. */
  CheckpointManifest manifest(String location) {
    byte[] written =
        disk.bytesWhenNamed(folder.resolve(location))
            .orElseThrow(() -> new AssertionError("there never was a manifest " + location));
    return store().readManifest(FileRef.of(location, 0, written));
  }

  /** The rows of state in the checkpoint of a manifest, as a restore reads them. */
  List<StateRow> rows(CheckpointManifest manifest) {
    List<StateRow> rows = new ArrayList<>();
    StateReading.show(store(), manifest, stage -> true, rows::add);
    return rows;
  }

  /** Reads a file to its end, and checks its length and checksum. */
  void check(FileRef file) {
    store().copy(file, OutputStream.nullOutputStream());
  }

  private CheckpointStore store() {
    return new CheckpointStore(this, folder.toString(), CrashPoint.Hook.NONE);
  }

  @Override
  public InputStream open(String name, long offset, long length) throws IOException {
    byte[] all = bytes.apply(folder.resolve(name)).orElseThrow(() -> new NoSuchFileException(name));
    int from = (int) Math.min(offset, all.length);
    return new ByteArrayInputStream(all, from, (int) Math.min(length, all.length - from));
  }

  @Override
  public Upload create(String name) {
    throw new UnsupportedOperationException("it is only read");
  }

  @Override
  public List<String> list(String of) {
    return List.of();
  }

  @Override
  public void delete(String name) {
    throw new UnsupportedOperationException("it is only read");
  }

  @Override
  public void close() {}
}
