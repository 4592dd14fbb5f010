package dev.weir.internal.state.rocksdb;

import dev.weir.internal.base.ChecksummedLines;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.SharedBase.NamedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * The folder of a job's RocksDB. It is a cache: it is believed only while its index is there, and
 * the index is removed first and written last. Blocks; one thread at a time.
 *
 * <pre>
 *   weir-local          whose it is, and which of its files are in the store
 *   weir-newest         the newest checkpoint of which there may be rows, marked or not
 *   weir-rocksdb/       the database
 *   weir-base/          a base, linked while it is uploaded
 *
 *   weir-local 1
 *   clickcount
 *   000012.sst bases/5-2/000012.sst.weir 0 67108864 -12345
 *   crc32c 123456
 * </pre>
 */
final class LocalFolder {
  private static final String HEADER = "weir-local 1";

  private final Path root;
  private final CrashPoint.Hook crashes;

  LocalFolder(Path root, CrashPoint.Hook crashes) {
    this.root = root.toAbsolutePath().normalize();
    this.crashes = crashes;
  }

  Path root() {
    return root;
  }

  Path database() {
    return root.resolve("weir-rocksdb");
  }

  /** Where a base is linked. */
  Path links() {
    return root.resolve("weir-base");
  }

  private Path index() {
    return root.resolve("weir-local");
  }

  /** The files that the store has, if the folder can be believed and is this job's. */
  Optional<List<NamedFile>> read(String job) throws IOException {
    String text;
    try {
      text = Files.readString(index());
    } catch (NoSuchFileException nothing) {
      return Optional.empty();
    }
    List<String> lines = ChecksummedLines.parse(HEADER, text).orElse(List.of());
    if (lines.isEmpty() || !lines.get(0).equals(job)) {
      return Optional.empty();
    }
    List<NamedFile> files = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", -1);
      files.add(
          new NamedFile(
              words[0],
              new FileRef(
                  words[1],
                  Long.parseLong(words[2]),
                  Long.parseLong(words[3]),
                  Integer.parseInt(words[4]))));
    }
    return Optional.of(files);
  }

  /** From now on the folder can be believed. */
  void write(String job, List<NamedFile> files) throws IOException {
    List<String> lines = new ArrayList<>(List.of(job));
    for (NamedFile each : files) {
      FileRef file = each.file();
      lines.add(
          (each.name() + " " + file.location() + " " + file.offset())
              + (" " + file.bytes() + " " + file.crc32c()));
    }
    Path temporary = index().resolveSibling("weir-local.tmp");
    Files.writeString(temporary, ChecksummedLines.format(HEADER, lines));
    Files.move(temporary, index(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static long crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  /** Rows of this checkpoint are about to be written. */
  void noteNewest(long checkpointId, Lineage.Run run) throws IOException {
    String text =
        checkpointId
            + (" " + run.attempt() + " " + run.startedAtMillis() + " " + run.firstCheckpointId());
    Path temporary = root.resolve("weir-newest.tmp");
    Files.writeString(temporary, text + " " + crc(text));
    Files.move(temporary, newest(), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Whether rows were written of no checkpoint but those of a lineage up to this one. A checkpoint
   * whose rows were being written when the process died has no mark yet.
   */
  boolean isNothingBehind(long checkpointId, Lineage lineage) throws IOException {
    String text;
    try {
      text = Files.readString(newest());
    } catch (NoSuchFileException nothingWritten) {
      return true;
    }
    String[] words = text.split(" ", -1);
    if (words.length != 5 || !words[4].equals("" + crc(text.substring(0, text.lastIndexOf(' '))))) {
      return false;
    }
    long id = Long.parseLong(words[0]);
    Lineage.Run run =
        new Lineage.Run(
            Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    return id <= checkpointId && lineage.holds(id, run);
  }

  private Path newest() {
    return root.resolve("weir-newest");
  }

  /** From now on the folder cannot be believed. */
  void distrust() throws IOException {
    Files.deleteIfExists(index());
  }

  /** Removes what a database and a base have left, and nothing else. */
  void clear() throws IOException, RocksDBException {
    Files.createDirectories(root);
    distrust();
    crashes.reached(CrashPoint.LOCAL_REMOVED, -1);
    Files.deleteIfExists(newest());
    clearLinks();
    if (Files.exists(database())) {
      try (Options options = new Options()) {
        RocksDB.destroyDB(database().toString(), options);
      }
      removeFiles(database()); // What was being fetched is no database yet.
    }
  }

  void clearLinks() throws IOException {
    if (Files.exists(links())) {
      removeFiles(links());
    }
    Path unfinished = root.resolve("weir-base.tmp");
    if (Files.exists(unfinished)) {
      removeFiles(unfinished);
    }
  }

  private static void removeFiles(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /** Brings the files of a base to where the database is opened, checking each. */
  void fetch(SharedBase base, CheckpointStore store) throws IOException {
    Files.createDirectories(database());
    for (NamedFile file : base.files()) {
      try (OutputStream out = Files.newOutputStream(database().resolve(file.name()))) {
        store.copy(file.file(), out);
      }
      crashes.reached(CrashPoint.LOCAL_FILE_FETCHED, -1);
    }
    crashes.reached(CrashPoint.LOCAL_FETCHED, -1);
  }

  /** Removes everything of Weir's, the folder itself if nothing else is in it. */
  void remove() throws IOException, RocksDBException {
    clear();
    try (Stream<Path> left = Files.list(root)) {
      if (left.findAny().isPresent()) {
        return;
      }
    }
    Files.delete(root);
  }
}
