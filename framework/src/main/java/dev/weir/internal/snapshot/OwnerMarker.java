package dev.weir.internal.snapshot;

import dev.weir.error.InvalidConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The file that says whose folder it is. Runs on an I/O thread.
 *
 * <pre>
 *   weir-job 1
 *   clickcount
 * </pre>
 */
final class OwnerMarker {
  private static final String HEADER = "weir-job ";
  private static final String VERSION = "1";
  private static final int LONGEST = 1024;

  private final Disk disk;
  private final Layout layout;

  OwnerMarker(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /** Makes the folder this job's, or checks that it is. */
  void claim(String job) throws IOException {
    if (!disk.exists(layout.owner())) {
      refuseUnownedCheckpoints(job);
      write(job);
    }
    check(job);
  }

  private void refuseUnownedCheckpoints(String job) throws IOException {
    if (disk.exists(layout.checkpoints()) && !disk.list(layout.checkpoints()).isEmpty()) {
      throw new InvalidConfigException(
          "Job '"
              + job
              + "' cannot use "
              + layout.root()
              + ": it holds checkpoints, but the file "
              + Layout.OWNER
              + " that says whose is missing. Put it back, or choose another folder.");
    }
  }

  private void write(String job) throws IOException {
    byte[] text = (HEADER + VERSION + "\n" + job + "\n").getBytes(StandardCharsets.UTF_8);
    Temporary temporary = Temporary.beside(layout.owner(), disk);
    try (Disk.WritableFile file = temporary.file()) {
      file.write(text, 0, text.length);
      file.force();
    }
    disk.rename(temporary.path(), layout.owner());
    disk.forceDirectory(layout.root());
  }

  private void check(String job) throws IOException {
    List<String> lines = read().lines().toList();
    if (lines.size() != 2 || !lines.get(0).equals(HEADER + VERSION)) {
      throw new InvalidConfigException(
          "Job '"
              + job
              + "' cannot use "
              + layout.root()
              + ": expected '"
              + HEADER
              + VERSION
              + "' and a job's name in the file "
              + Layout.OWNER
              + ", found "
              + lines
              + ". Use the Weir version that wrote it, or choose another folder.");
    }
    if (!lines.get(1).equals(job)) {
      throw new InvalidConfigException(
          "Job '"
              + job
              + "' cannot use "
              + layout.root()
              + ": the folder belongs to job '"
              + lines.get(1)
              + "'. Give each job its own folder, or keep the job's name.");
    }
  }

  private String read() throws IOException {
    try (InputStream in = disk.open(layout.owner())) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
    }
  }
}
