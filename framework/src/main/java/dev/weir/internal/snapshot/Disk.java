package dev.weir.internal.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The port for every effect on files. Blocks; thread-safe. What is written counts as durable only
 * after {@link WritableFile#force}, what is created, renamed or deleted only after {@link
 * #forceDirectory}.
 */
public interface Disk {
  /** Makes a directory whose parent exists; one that is there already stays as it is. */
  void createDirectory(Path directory) throws IOException;

  /**
   * Makes an empty file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something of that name is there
   */
  WritableFile create(Path file) throws IOException;

  /**
   * Opens a file to overwrite some of its bytes.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  WritableFile reopen(Path file) throws IOException;

  /**
   * Opens a file for reading.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  InputStream open(Path file) throws IOException;

  /**
   * The file's length in bytes.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  long length(Path file) throws IOException;

  /** Whether a file or directory of that name is there. */
  boolean exists(Path path) throws IOException;

  /** Gives a file another name in the same directory, in one step. */
  void rename(Path from, Path to) throws IOException;

  /**
   * As {@link #rename}, unless something has the new name already. A disk that cannot do that in
   * one step looks first: then names must not be fought for by several processes at once.
   *
   * @return whether the file has the new name now
   */
  default boolean renameIfAbsent(Path from, Path to) throws IOException {
    if (exists(to)) {
      return false;
    }
    rename(from, to);
    return true;
  }

  /** Removes a file or an empty directory; absent ones are ignored. Follows no links. */
  void delete(Path path) throws IOException;

  /** Makes durable which names a directory holds. */
  void forceDirectory(Path directory) throws IOException;

  /** The names in a directory, sorted; links are not followed. */
  List<Entry> list(Path directory) throws IOException;

  /**
   * Locks a file, made if it is not there, against every other process and every other caller in
   * this one, until the lock is closed or the process dies.
   *
   * @return the lock; empty if somebody else holds it
   */
  Optional<Closeable> tryLock(Path file) throws IOException;

  /**
   * A name in a directory.
   *
   * @param name the name
   * @param isDirectory true for a directory, false for a file, a link or anything else
   */
  record Entry(String name, boolean isDirectory) {}

  /** A file being written. Confined to one thread. */
  interface WritableFile extends Closeable {
    /** Appends bytes. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Writes over bytes that are there. When the power fails before they are forced, each block of
     * 512 is as before or as written.
     */
    void overwrite(long position, byte[] bytes) throws IOException;

    /** Makes the bytes durable. After a failure they must be given up: never force again. */
    void force() throws IOException;
  }
}
