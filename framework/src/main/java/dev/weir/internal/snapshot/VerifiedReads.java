package dev.weir.internal.snapshot;

import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Reads files whose length and checksum are known, and shows no byte before all are checked: small
 * files are held in memory, large ones are read twice. Runs on I/O threads.
 */
final class VerifiedReads {
  private static final long HELD_IN_MEMORY = 8L << 20;
  private static final int BUFFER = 1 << 16;

  private final Disk disk;
  private final Layout layout;

  VerifiedReads(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  void read(FileRef file, SnapshotStore.FileReader reader) {
    Path path =
        layout
            .resolve(file.location())
            .orElseThrow(() -> damaged(file, "its name is not one that Weir gives"));
    try {
      checkLength(file, disk.length(path));
      if (file.bytes() <= HELD_IN_MEMORY) {
        show(file, new ByteArrayInputStream(verifiedBytes(file, path)), reader);
      } else {
        verify(file, path);
        showVerified(file, path, reader);
      }
    } catch (NoSuchFileException e) {
      throw new RestoreException(
          "Tried to restore from "
              + layout.root().resolve(file.location())
              + ": it is missing."
              + " Put the file back; Weir never goes on from an older checkpoint by itself.",
          e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private void checkLength(FileRef file, long found) {
    if (found != file.bytes()) {
      throw damaged(file, "expected " + file.bytes() + " bytes, found " + found);
    }
  }

  private byte[] verifiedBytes(FileRef file, Path path) throws IOException {
    try (InputStream in = disk.open(path)) {
      byte[] bytes = in.readNBytes((int) file.bytes());
      checkLength(file, bytes.length);
      CRC32C crc = new CRC32C();
      crc.update(bytes);
      checkSum(file, (int) crc.getValue());
      return bytes;
    }
  }

  private void verify(FileRef file, Path path) throws IOException {
    byte[] buffer = new byte[BUFFER];
    CRC32C crc = new CRC32C();
    try (InputStream in = disk.open(path)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        crc.update(buffer, 0, count);
      }
    }
    checkSum(file, (int) crc.getValue());
  }

  private void showVerified(FileRef file, Path path, SnapshotStore.FileReader reader)
      throws IOException {
    CRC32C crc = new CRC32C();
    try (InputStream in = disk.open(path)) {
      CheckedInputStream checked = new CheckedInputStream(new DiskInput(in, path), crc);
      show(file, new BufferedInputStream(checked, BUFFER), reader);
    }
    checkSum(file, (int) crc.getValue());
  }

  private void show(FileRef file, InputStream bytes, SnapshotStore.FileReader reader) {
    try {
      reader.readFrom(new DataInputStream(bytes));
      long left = bytes.transferTo(OutputStream.nullOutputStream());
      if (left > 0) {
        throw damaged(file, left + " bytes follow behind its end");
      }
    } catch (IOException e) {
      throw damaged(file, e.getMessage(), e);
    }
  }

  private void checkSum(FileRef file, int found) {
    if (found != file.crc32c()) {
      throw damaged(
          file,
          "expected CRC-32C "
              + Integer.toHexString(file.crc32c())
              + ", found "
              + Integer.toHexString(found));
    }
  }

  private RestoreException damaged(FileRef file, String found) {
    return damaged(file, found, null);
  }

  private RestoreException damaged(FileRef file, String found, Throwable cause) {
    return new RestoreException(
        "Tried to restore from "
            + layout.root()
            + "/"
            + file.location()
            + ": "
            + found
            + ". Put an undamaged copy of the file back; Weir never goes on from an older checkpoint"
            + " by itself.",
        cause);
  }

  private static StorageException unreadable(Path path, IOException e) {
    return new StorageException(
        "Tried to read " + path + ": " + e + ". Check the disk and the rights.", e);
  }

  /** Tells failures of the disk from bytes that make no sense. */
  private static final class DiskInput extends FilterInputStream {
    private final Path path;

    DiskInput(InputStream in, Path path) {
      super(in);
      this.path = path;
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }
  }
}
