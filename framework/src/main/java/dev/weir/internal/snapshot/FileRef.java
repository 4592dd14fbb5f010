package dev.weir.internal.snapshot;

import java.util.zip.CRC32C;

/**
 * Names a durable file of a checkpoint: an object of the store, or a part of one.
 *
 * @param location the object's name
 * @param offset where in the object the file begins
 * @param bytes its length
 * @param crc32c CRC-32C of all its bytes
 */
public record FileRef(String location, long offset, long bytes, int crc32c) {
  /** A file that is an object of its own, or the first in one. */
  public FileRef(String location, long bytes, int crc32c) {
    this(location, 0, bytes, crc32c);
  }

  /** A part of an object, from its bytes. */
  public static FileRef of(String location, long offset, byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return new FileRef(location, offset, bytes.length, (int) crc.getValue());
  }

  /** The same bytes at the same place in another object. */
  public FileRef in(String otherLocation) {
    return new FileRef(otherLocation, offset, bytes, crc32c);
  }

  /** Whether it was written for this checkpoint by this attempt. */
  public boolean isOf(long checkpoint, long attempt) {
    return location.startsWith(Layout.checkpointFolder(checkpoint, attempt));
  }

  /** The checkpoint that it was written for. */
  public long checkpointId() {
    return Layout.folderOf(location).map(Layout.Folder::id).orElse(-1L);
  }
}
