package dev.weir.internal.snapshot;

import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * Writes files so that they are there in full, or not under their name: temporary file, force,
 * rename, force of the directory. A failed write leaves the temporary file for the sweep. Runs on
 * I/O threads.
 */
final class DurableWrites {
  private final Disk disk;
  private final Layout layout;
  private final CrashPoint.Hook crashes;
  private volatile String newest = "";

  DurableWrites(Disk disk, Layout layout, CrashPoint.Hook crashes) {
    this.disk = disk;
    this.layout = layout;
    this.crashes = crashes;
  }

  FileRef write(Target target, SnapshotStore.FileContent content) {
    Path file = layout.root().resolve(target.location());
    Path temporary = Layout.temporary(file);
    try {
      createDirectory(target.directory());
      if (disk.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      FileRef written = writeTemporary(target, temporary, content);
      crashes.reached(target.forced(), target.checkpointId());
      disk.rename(temporary, file);
      disk.forceDirectory(file.getParent());
      return written;
    } catch (IOException e) {
      throw new StorageException(
          "Tried to write " + file + ": " + e + ". Check the disk, its free space and the rights.",
          e);
    }
  }

  private FileRef writeTemporary(Target target, Path temporary, SnapshotStore.FileContent content)
      throws IOException {
    try (ChecksummedOutput out = new ChecksummedOutput(disk.create(temporary))) {
      DataOutputStream data = new DataOutputStream(out);
      content.writeTo(data);
      data.flush();
      out.force();
      return new FileRef(target.location(), out.length(), out.crc32c());
    }
  }

  /** Writers of one checkpoint share its directory; that two of them make it does no harm. */
  private void createDirectory(String directory) throws IOException {
    if (!directory.equals(newest)) {
      disk.createDirectory(layout.root().resolve(directory));
      disk.forceDirectory(layout.checkpoints());
      newest = directory;
    }
  }

  /**
   * What to write.
   *
   * @param checkpointId the checkpoint it belongs to
   * @param directory its directory, relative to the root
   * @param location the file, relative to the root
   * @param forced the crash point between force and rename
   */
  record Target(long checkpointId, String directory, String location, CrashPoint forced) {}
}
