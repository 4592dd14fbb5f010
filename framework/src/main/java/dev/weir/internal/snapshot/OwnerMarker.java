package dev.weir.internal.snapshot;

import dev.weir.connector.SnapshotStore;
import dev.weir.error.InvalidConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

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

  private final SnapshotStore store;
  private final String root;

  OwnerMarker(SnapshotStore store, String root) {
    this.store = store;
    this.root = root;
  }

  /** Makes the folder this job's, or checks that it is. */
  void claim(String job) throws IOException {
    Optional<String> found = read();
    if (found.isEmpty()) {
      refuseUnownedCheckpoints(job);
      write(job);
      found = read();
    }
    check(job, found.orElse(""));
  }

  private void refuseUnownedCheckpoints(String job) throws IOException {
    if (!store.list(Layout.CHECKPOINTS).isEmpty()) {
      throw new InvalidConfigException(
          "Job '"
              + job
              + "' cannot use "
              + root
              + ": it holds checkpoints, but the file "
              + Layout.OWNER
              + " that says whose is missing. Put it back, or choose another folder.");
    }
  }

  private void write(String job) throws IOException {
    byte[] text = (HEADER + VERSION + "\n" + job + "\n").getBytes(StandardCharsets.UTF_8);
    try (SnapshotStore.Upload upload = store.create(Layout.OWNER)) {
      upload.write(text, 0, text.length);
      upload.complete();
    } catch (FileAlreadyExistsException claimedMeanwhile) {
      // By an instance that starts in the same moment: what it wrote is checked next.
    }
  }

  private void check(String job, String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != 2 || !lines.get(0).equals(HEADER + VERSION)) {
      throw new InvalidConfigException(
          "Job '"
              + job
              + "' cannot use "
              + root
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
              + root
              + ": the folder belongs to job '"
              + lines.get(1)
              + "'. Give each job its own folder, or keep the job's name.");
    }
  }

  private Optional<String> read() throws IOException {
    try (InputStream in = store.open(Layout.OWNER, 0, LONGEST)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (NoSuchFileException nobodys) {
      return Optional.empty();
    }
  }
}
