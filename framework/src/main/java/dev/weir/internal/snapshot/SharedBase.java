package dev.weir.internal.snapshot;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The files of a RocksDB that checkpoints share: what the database held at some moment, of all
 * stages. A base names again what the one before had uploaded and is not changed since. Immutable.
 *
 * @param id rises with each base of an attempt
 * @param files all files that the database is opened from
 */
public record SharedBase(long id, List<NamedFile> files) {
  private static final Pattern NAME = Pattern.compile("[A-Z0-9][A-Za-z0-9-]*(\\.sst)?");

  /** Makes the list unmodifiable. */
  public SharedBase {
    files = List.copyOf(files);
  }

  /** Length of all its files. */
  public long bytes() {
    return files.stream().mapToLong(file -> file.file().bytes()).sum();
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * A file of the database.
   *
   * @param name its name in the database's folder
   * @param file its bytes
   */
  public record NamedFile(String name, FileRef file) {}
}
