package dev.weir.internal.snapshot;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.LedgerEntry;
import dev.weir.error.FencedException;
import dev.weir.error.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The ledger of a job whose sinks offer none: the newest facts in one file of the job's folder,
 * replaced in one step. An exclusive lock keeps every other process out for as long as this attempt
 * lives, so there is nobody to fence. Blocks; one I/O thread at a time.
 */
public final class FileLedger implements CheckpointLedger {
  static final String FILE = "weir-ledger";
  private static final String LOCK = "weir-ledger.lock";

  private final Path folder;
  private final Path file;
  private final String job;
  private final Disk disk;
  private Optional<Closeable> lock = Optional.empty();
  private long attempt;

  /** A ledger in a job's folder that {@link CheckpointStore#open} has made ready. */
  public FileLedger(Path folder, String job, Disk disk) {
    this.folder = folder.toAbsolutePath().normalize();
    this.file = this.folder.resolve(FILE);
    this.job = job;
    this.disk = disk;
  }

  @Override
  public TakeOver takeOver() {
    try {
      lock = disk.tryLock(folder.resolve(LOCK));
      if (lock.isEmpty()) {
        throw new FencedException(
            "Job '"
                + job
                + "' cannot start: another instance of it holds the lock "
                + folder.resolve(LOCK)
                + ". Stop that one first, or give this job a folder of its own.");
      }
      LedgerText last =
          disk.exists(file) ? LedgerText.parse(read(), file.toString()) : LedgerText.EMPTY;
      attempt = last.attempt() + 1;
      write(new LedgerText(attempt, last.entry()));
      return new TakeOver(attempt, last.entry());
    } catch (IOException e) {
      throw failed("take over", e);
    }
  }

  @Override
  public void complete(LedgerEntry entry) {
    replace(Optional.of(entry), "complete checkpoint " + entry.checkpointId() + " in");
  }

  @Override
  public void forget() {
    replace(Optional.empty(), "forget the checkpoints in");
  }

  private void replace(Optional<LedgerEntry> entry, String what) {
    if (lock.isEmpty()) {
      throw new FencedException(
          "Attempt "
              + attempt
              + " of job '"
              + job
              + "' tried to "
              + what
              + " its ledger "
              + file
              + ", but no longer holds its lock. Start the job again.");
    }
    try {
      write(new LedgerText(attempt, entry));
    } catch (IOException e) {
      throw failed(what, e);
    }
  }

  @Override
  public void close() {
    try {
      if (lock.isPresent()) {
        lock.get().close();
        lock = Optional.empty();
      }
    } catch (IOException e) {
      throw failed("unlock", e);
    }
  }

  private String read() throws IOException {
    try (InputStream in = disk.open(file)) {
      return new String(in.readNBytes(LedgerText.LONGEST), StandardCharsets.UTF_8);
    }
  }

  private void write(LedgerText text) throws IOException {
    byte[] bytes = text.format().getBytes(StandardCharsets.UTF_8);
    Path temporary = file.resolveSibling(FILE + Layout.TEMPORARY);
    disk.delete(temporary);
    try (Disk.WritableFile out = disk.create(temporary)) {
      out.write(bytes, 0, bytes.length);
      out.force();
    }
    disk.rename(temporary, file);
    disk.forceDirectory(folder);
  }

  private StorageException failed(String what, IOException cause) {
    return new StorageException(
        "Tried to "
            + what
            + " the ledger "
            + file
            + " of job '"
            + job
            + "': "
            + cause
            + ". Check the disk, its free space and the rights.",
        cause);
  }
}
