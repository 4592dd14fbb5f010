package dev.weir.internal.snapshot;

import dev.weir.connector.SnapshotStore;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.Zlib;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Reads files, or parts of objects, whose length and checksum are known, and shows no byte before
 * all are checked: small files are held in memory, large ones are read twice. Runs on I/O threads.
 */
final class VerifiedReads {
  private static final long HELD_IN_MEMORY = 8L << 20;
  private static final int BUFFER = 1 << 16;

  private final SnapshotStore store;
  private final String root;

  /** Messages name files below the root. */
  VerifiedReads(SnapshotStore store, String root) {
    this.store = store;
    this.root = root;
  }

  void read(FileRef file, CheckpointStore.FileReader reader) {
    checked(
        file,
        () -> {
          if (file.bytes() <= HELD_IN_MEMORY) {
            show(file, new ByteArrayInputStream(verifiedBytes(file)), reader);
          } else {
            verifyBytes(file, OutputStream.nullOutputStream());
            showVerified(file, reader);
          }
        });
  }

  /** Copies all bytes; throws after the last if they were not the right ones. */
  void copy(FileRef file, OutputStream out) {
    checked(file, () -> verifyBytes(file, out));
  }

  private void checked(FileRef file, Reading reading) {
    if (!Layout.isLocation(file.location()) || file.offset() < 0 || file.bytes() < 0) {
      throw damaged(file, "its name or place is not one that Weir gives");
    }
    try {
      reading.run();
    } catch (NoSuchFileException e) {
      throw new RestoreException(
          "Tried to restore from "
              + nameOf(file)
              + ": it is missing."
              + " Put the file back; Weir never goes on from an older checkpoint by itself.",
          e);
    } catch (IOException e) {
      throw unreadable(nameOf(file), e);
    }
  }

  private String nameOf(FileRef file) {
    return root + "/" + file.location();
  }

  private InputStream open(FileRef file) throws IOException {
    return store.open(file.location(), file.offset(), file.bytes());
  }

  private void checkLength(FileRef file, long found) {
    if (found != file.bytes()) {
      throw damaged(file, "expected " + file.bytes() + " bytes, found " + found);
    }
  }

  private byte[] verifiedBytes(FileRef file) throws IOException {
    try (InputStream in = open(file)) {
      byte[] bytes = in.readNBytes((int) file.bytes());
      checkLength(file, bytes.length);
      CRC32C crc = new CRC32C();
      crc.update(bytes);
      checkSum(file, (int) crc.getValue());
      return bytes;
    }
  }

  private void verifyBytes(FileRef file, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    CRC32C crc = new CRC32C();
    long length = 0;
    try (InputStream in = open(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        crc.update(buffer, 0, count);
        length += count;
        out.write(buffer, 0, count);
      }
    }
    checkLength(file, length);
    checkSum(file, (int) crc.getValue());
  }

  private void showVerified(FileRef file, CheckpointStore.FileReader reader) throws IOException {
    CRC32C crc = new CRC32C();
    try (InputStream in = open(file)) {
      CheckedInputStream checked = new CheckedInputStream(new DiskInput(in, nameOf(file)), crc);
      show(file, new BufferedInputStream(checked, BUFFER), reader);
    }
    checkSum(file, (int) crc.getValue());
  }

  private void show(FileRef file, InputStream bytes, CheckpointStore.FileReader reader) {
    try {
      Zlib.read(bytes, content -> showContent(file, content, reader));
    } catch (EOFException e) {
      throw damaged(file, "it ends before it is complete", e);
    } catch (IOException e) {
      throw damaged(file, e.getMessage(), e);
    }
  }

  private void showContent(FileRef file, InputStream content, CheckpointStore.FileReader reader)
      throws IOException {
    reader.readFrom(new DataInputStream(content));
    long left = content.transferTo(OutputStream.nullOutputStream());
    if (left > 0) {
      throw damaged(file, left + " bytes follow behind its end");
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
            + nameOf(file)
            + ": "
            + found
            + ". Put an undamaged copy of the file back; Weir never goes on from an older"
            + " checkpoint by itself.",
        cause);
  }

  private static StorageException unreadable(String path, IOException e) {
    return new StorageException(
        "Tried to read " + path + ": " + e + ". Check the storage and the rights.", e);
  }

  /** Reads a file. */
  @FunctionalInterface
  private interface Reading {
    void run() throws IOException;
  }

  /** Tells failures of the disk from bytes that make no sense. */
  private static final class DiskInput extends FilterInputStream {
    private final String path;

    DiskInput(InputStream in, String path) {
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
