package dev.weir.internal.snapshot;

import dev.weir.internal.base.CrashPoint;
import dev.weir.job.SnapshotCompression;
import java.nio.file.Path;

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

  /** A store that is not open yet, in which nobody dies. */
  public static CheckpointStore in(Path root, Disk disk) {
    return in(root, disk, CrashPoint.Hook.NONE);
  }
}
