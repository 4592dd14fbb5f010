package dev.weir.internal.snapshot.warm;

import dev.weir.connector.SnapshotStore;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.Disk;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FileSnapshotStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * The copies in a job's local folder. Whoever changes them holds the lock; reading needs none. One
 * thread at a time. The name of a copy says whose it is:
 *
 * <pre>
 *   weir-warm.lock
 *   weir-warm/checkpoints/17-3/state.weir.4096-1234-9f3ac001     object, offset, bytes, CRC-32C
 * </pre>
 */
public final class WarmFiles {
  private static final String FOLDER = "weir-warm";
  private static final int RADIX = 16;
  private static final int BUFFER = 1 << 16;
  private static final Pattern NAME =
      Pattern.compile("(.+)\\.([0-9]{1,18})-([0-9]{1,18})-([0-9a-f]{1,8})");

  private final Path folder;
  private final Disk disk;
  private SnapshotStore copies;

  private WarmFiles(Path folder, Disk disk) {
    this.folder = folder;
    this.disk = disk;
    this.copies = inFolder();
  }

  private SnapshotStore inFolder() {
    return new FileSnapshotStore(folder, new UnforcedDisk(disk), CrashPoint.Hook.NONE);
  }

  /** Those of the job whose local folder this is. */
  public static WarmFiles in(Path jobFolder, Disk disk) {
    return new WarmFiles(jobFolder.toAbsolutePath().normalize().resolve(FOLDER), disk);
  }

  /** Changes copies, unless another instance on this machine is at it: then nothing is done. */
  void whileLocked(Change change) throws IOException {
    makeDirectory(folder.getParent());
    Optional<Closeable> lock = disk.tryLock(folder.resolveSibling(FOLDER + ".lock"));
    if (lock.isPresent()) {
      copies = inFolder(); // Others may have removed what the one before has made.
      try {
        change.run();
      } finally {
        lock.get().close();
      }
    }
  }

  /** What is done to the copies. */
  @FunctionalInterface
  interface Change {
    void run() throws IOException;
  }

  private void makeDirectory(Path directory) throws IOException {
    if (directory != null && !disk.exists(directory)) {
      makeDirectory(directory.getParent());
      disk.createDirectory(directory);
    }
  }

  /** Whether there is anything, so that somebody may have to clear it. */
  boolean isThere() throws IOException {
    return disk.exists(folder);
  }

  Set<FileRef> all() throws IOException {
    return copies.list("").stream()
        .flatMap(name -> parse(name).stream())
        .collect(Collectors.toSet());
  }

  /** Copies a file; one that turns out to be damaged is not kept. */
  void fetch(FileRef file, CheckpointStore from, Pace pace) throws IOException {
    try (SnapshotStore.Upload copy = copies.create(nameOf(file))) {
      from.copy(file, new PacedOutput(copy, pace));
      copy.complete();
    }
  }

  /** Removes the others, and what failed copies have left. */
  void retainOnly(Predicate<FileRef> isKept) throws IOException {
    for (String name : copies.list("")) {
      if (parse(name).filter(isKept).isEmpty()) {
        copies.delete(name);
      }
    }
  }

  /** Opens a copy; empty if it is gone, or is not what it should be. */
  Optional<InputStream> open(FileRef file) throws IOException {
    try {
      return isGood(file)
          ? Optional.of(copies.open(nameOf(file), 0, file.bytes()))
          : Optional.empty();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private boolean isGood(FileRef file) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long length = 0;
    try (CheckedInputStream in =
        new CheckedInputStream(copies.open(nameOf(file), 0, Long.MAX_VALUE), new CRC32C())) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        length += count;
      }
      return length == file.bytes() && (int) in.getChecksum().getValue() == file.crc32c();
    }
  }

  private static String nameOf(FileRef file) {
    String place = file.offset() + "-" + file.bytes() + "-";
    return file.location() + "." + place + Integer.toHexString(file.crc32c());
  }

  private static Optional<FileRef> parse(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches()
        ? Optional.of(
            new FileRef(
                parts.group(1),
                Long.parseLong(parts.group(2)),
                Long.parseLong(parts.group(3)),
                Integer.parseUnsignedInt(parts.group(4), RADIX)))
        : Optional.empty();
  }
}
