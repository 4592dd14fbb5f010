package dev.weir.testing.broker;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where this user's class archives are kept between runs. Several JVMs may use it at once. */
final class ArchiveFolder {
  private static final int KEPT = 8;
  private static final String ARCHIVE = ".jsa";

  private final Path path;

  private ArchiveFolder(Path path) {
    this.path = path;
  }

  /** Must be ours alone: brokers run the code in it. */
  static ArchiveFolder ofThisUser() throws IOException {
    String user = System.getProperty("user.name");
    Path path = Path.of(System.getProperty("java.io.tmpdir"), "weir-broker-archives-" + user);
    try {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      String owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || !owner.equals(user)) {
        throw new IOException("Wanted a folder of " + user + " at " + path + "; is it foreign?", e);
      }
    }
    return new ArchiveFolder(path);
  }

  Path jar(String key) {
    return path.resolve(key + ".jar");
  }

  Path archive(String key) {
    return path.resolve(key + ARCHIVE);
  }

  /** Removes the oldest archives. A JVM that has one of them open is not disturbed. */
  void keepNewest() throws IOException {
    Map<Path, FileTime> ages = new HashMap<>();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.filter(found -> found.toString().endsWith(ARCHIVE)).toList()) {
        ages.put(file, Files.getLastModifiedTime(file));
      }
    }
    List<Path> oldestFirst = new ArrayList<>(ages.keySet());
    oldestFirst.sort(Comparator.comparing(ages::get));
    for (Path old : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - KEPT))) {
      String name = old.getFileName().toString();
      Files.deleteIfExists(old);
      Files.deleteIfExists(jar(name.substring(0, name.length() - ARCHIVE.length())));
    }
  }

  static void moveInto(Path finished, Path place) throws IOException {
    Files.move(
        finished, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
