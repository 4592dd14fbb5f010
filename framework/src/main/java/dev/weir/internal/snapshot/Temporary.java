package dev.weir.internal.snapshot;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * A file that is being written under a name nobody else uses, not even an instance that starts in
 * the same moment. A crash may leave it behind. Runs on an I/O thread.
 *
 * @param path where it is
 * @param file takes its bytes
 */
record Temporary(Path path, Disk.WritableFile file) {
  private static final int MOST = 100;

  /** Makes one beside the file that it is to become. */
  static Temporary beside(Path target, Disk disk) throws IOException {
    for (int i = 0; i < MOST; i++) {
      Path path = numbered(target, i);
      try {
        return new Temporary(path, disk.create(path));
      } catch (FileAlreadyExistsException taken) {
        // Somebody else writes it, or died while he did: take the next name.
      }
    }
    for (int i = 0; i < MOST; i++) {
      disk.delete(numbered(target, i));
    }
    throw new FileAlreadyExistsException(
        numbered(target, 0).toString(), null, MOST + " left-overs were there and are removed now");
  }

  private static Path numbered(Path target, int number) {
    return target.resolveSibling(target.getFileName() + "." + number + Layout.TEMPORARY);
  }
}
