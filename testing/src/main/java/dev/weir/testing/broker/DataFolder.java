package dev.weir.testing.broker;

import dev.weir.error.WeirException;
import dev.weir.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A temporary folder, removed with all it holds. Its name has the process that owns it, so that
 * those of processes that were killed can be removed by the next one. Confined to one thread at a
 * time.
 */
final class DataFolder implements AutoCloseable {
  private static final String PREFIX = "weir-broker-data-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-.*");
  private static final Duration LEFT_ALONE = Duration.ofHours(1);

  private final Path path;

  private DataFolder(Path path) {
    this.path = path;
  }

  static DataFolder create() {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      removeOrphans(parent, Instant.ofEpochMilli(Clock.system().millis()).minus(LEFT_ALONE));
      String name = PREFIX + ProcessHandle.current().pid() + "-";
      return new DataFolder(Files.createTempDirectory(parent, name));
    } catch (IOException e) {
      throw new WeirException(
          "Tried to create a folder for a broker in "
              + parent
              + ", the system refused; is there space and the right to write?",
          e);
    }
  }

  /** Removes folders of dead processes; young ones stay, as their owner may live in a container. */
  static void removeOrphans(Path parent, Instant before) throws IOException {
    try (Stream<Path> found = Files.list(parent)) {
      for (Path folder : found.filter(DataFolder::isOrphan).toList()) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
          new DataFolder(folder).close();
        }
      }
    }
  }

  private static boolean isOrphan(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    return name.matches()
        && Files.isWritable(folder)
        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> found = Files.walk(path)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new WeirException(
          "Tried to remove the broker's folder "
              + path
              + ", a file could not be deleted; remove it.",
          e);
    }
  }
}
