package dev.weir.internal.owner;

import dev.weir.connector.OwnerBeacon;
import dev.weir.error.StorageException;
import dev.weir.internal.snapshot.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The beacon of a job whose ledger is a folder: one small file, replaced in one step and never
 * forced, since a sign of life that a power failure takes is of nobody who lives. One I/O thread at
 * a time.
 */
public final class FileBeacon implements OwnerBeacon {
  private static final String FILE = "weir-owner";
  private static final int LONGEST = 1_000;

  private final Path file;
  private final String job;
  private final Disk disk;

  /** In a job's folder, which is there and is this job's. */
  public FileBeacon(Path folder, String job, Disk disk) {
    this.file = folder.toAbsolutePath().normalize().resolve(FILE);
    this.job = job;
    this.disk = disk;
  }

  @Override
  public Optional<String> read() {
    try (InputStream in = disk.open(file)) {
      return Optional.of(new String(in.readNBytes(LONGEST), StandardCharsets.US_ASCII));
    } catch (NoSuchFileException nothingYet) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  @Override
  public void show(String sign) {
    byte[] bytes = sign.getBytes(StandardCharsets.US_ASCII);
    Path next = file.resolveSibling(FILE + ".tmp");
    try {
      disk.delete(next); // Somebody may have died while he showed himself.
      try (Disk.WritableFile out = disk.create(next)) {
        out.write(bytes, 0, bytes.length);
      }
      disk.rename(next, file);
    } catch (FileAlreadyExistsException | NoSuchFileException race) {
      // Two show themselves in the same moment: one is seen, and the ledger has the last word.
    } catch (IOException e) {
      throw failed("show", e);
    }
  }

  @Override
  public void close() {}

  private StorageException failed(String verb, IOException e) {
    return new StorageException(
        "Tried to "
            + verb
            + " the sign of life of job '"
            + job
            + "' in "
            + file
            + ": "
            + e
            + ". Check the disk, its free space and the rights.",
        e);
  }
}
