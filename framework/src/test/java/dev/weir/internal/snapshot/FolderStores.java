package dev.weir.internal.snapshot;

import dev.weir.internal.base.CrashPoint;
import dev.weir.job.SnapshotCompression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Makes checkpoint stores in folders. */
public final class FolderStores {
  private FolderStores() {}

  /** A store that is not open yet. */
  public static CheckpointStore in(Path root, Disk disk, CrashPoint.Hook crashes) {
    return new CheckpointStore(
        new FileSnapshotStore(root, disk, crashes), root.toString(), crashes);
  }

  /** A store that packs what it writes. */
  public static CheckpointStore in(Path root, Disk disk, SnapshotCompression compression) {
    return new CheckpointStore(
        new FileSnapshotStore(root, disk, CrashPoint.Hook.NONE),
        root.toString(),
        CrashPoint.Hook.NONE,
        new CheckpointStore.Writing(0, compression));
  }

  /** The manifests in a folder, files of their own or not. */
  public static List<String> manifests(Path root, Disk disk) {
    return new StoredManifests(objects(root, disk), root.toString()).names();
  }

  /** The bytes of an object in a folder. */
  public static byte[] bytes(Path root, String name) throws IOException {
    try (InputStream in = objects(root, new FileDisk()).open(name, 0, Long.MAX_VALUE)) {
      return in.readAllBytes();
    }
  }

  static FileSnapshotStore objects(Path root, Disk disk) {
    return new FileSnapshotStore(root, disk, CrashPoint.Hook.NONE);
  }

  /** A store that is not open yet, in which nobody dies. */
  public static CheckpointStore in(Path root, Disk disk) {
    return in(root, disk, CrashPoint.Hook.NONE);
  }
}
