package dev.weir.connector;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Keeps the files of one job's checkpoints: a folder, an object store, memory. Everything Weir asks
 * of it an object store can do: objects are written once, in full, and never changed; there is no
 * rename and no append; and there are few of them, about two per checkpoint.
 *
 * <p>A name is one or more parts with {@code /} between them; a part has letters, digits, {@code
 * .}, {@code _} and {@code -}, and begins with a letter or digit. A name has at most 200
 * characters.
 *
 * <p>All methods block, may be called by several threads at once, and say with an {@link
 * IOException} what went wrong; Weir then ends the attempt and begins another one, so a store
 * should itself try again what is worth trying again. Checksums, retention and formats are Weir's
 * business: a store need not look into what it keeps. It is checked by {@code
 * SnapshotStoreContract} of the test kit.
 */
public interface SnapshotStore extends AutoCloseable {
  /**
   * Begins an object that is not there yet.
   *
   * @param name its name
   * @return takes the bytes; nobody sees the object before {@link Upload#complete}
   * @throws java.nio.file.FileAlreadyExistsException if there is an object of that name already;
   *     may be thrown by {@link Upload#complete} instead
   */
  Upload create(String name) throws IOException;

  /**
   * Opens a part of an object. If the object is shorter, the stream ends with it.
   *
   * @param name its name
   * @param offset where to begin, in bytes
   * @param length how many bytes to give, at most
   * @throws java.nio.file.NoSuchFileException if there is no such object
   */
  InputStream open(String name, long offset, long length) throws IOException;

  /**
   * The full names of all objects in a folder and in the folders in it, sorted. What was completed
   * before the call is among them. Names that end in {@code .tmp} are what failed uploads have
   * left, if a store shows that; they can be deleted like objects.
   *
   * @param folder a name or the first parts of names; {@code ""} for all
   */
  List<String> list(String folder) throws IOException;

  /** Removes an object; one that is not there is ignored. */
  void delete(String name) throws IOException;

  /** Releases what the store holds open; the objects stay. Idempotent. */
  @Override
  void close() throws IOException;

  /**
   * Takes the bytes of a new object. Confined to one thread. Abandoned if closed before complete.
   */
  interface Upload extends Closeable {
    /** Appends bytes. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Returns when the object is there in full and stays so whatever crashes. After a failure the
     * object is not there, or it is there in full.
     *
     * @throws java.nio.file.FileAlreadyExistsException if somebody else made an object of that name
     *     meanwhile; his is untouched
     */
    void complete() throws IOException;
  }
}
