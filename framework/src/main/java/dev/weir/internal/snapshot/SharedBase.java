package dev.weir.internal.snapshot;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of a RocksDB that checkpoints share: what the database held at some moment, of all
 * stages. A base names again what the one before had uploaded and is not changed since. Immutable.
 *
 * @param id rises with each base of an attempt
 * @param through it has what files of checkpoints up to this one say, of every task
 * @param files all files that the database is opened from
 */
public record SharedBase(long id, long through, List<NamedFile> files) {
  private static final Pattern NAME = Pattern.compile("[A-Z0-9][A-Za-z0-9-]*(\\.sst)?");

  /** Makes the list unmodifiable. */
  public SharedBase {
    files = List.copyOf(files);
  }

  /** What is left of the parts of a checkpoint if this base lies below them. */
  public Map<String, List<StagePart>> below(Map<String, List<StagePart>> parts) {
    Map<String, List<StagePart>> left = new TreeMap<>();
    parts.forEach(
        (stage, all) -> left.put(stage, all.stream().map(part -> part.upon(through)).toList()));
    return left;
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
