package dev.weir.testing.broker;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which entries of a class path go into an archive: jars, but not our own, which change with every
 * build. Immutable.
 *
 * @param archived jars, in their order
 * @param rest folders and our own jars, in their order
 * @param key names Java, the jars and their state
 */
record ArchivePlan(List<Path> archived, List<Path> rest, String key) {
  private static final int KEY_LENGTH = 16;

  static ArchivePlan ofClassPath(String classPath) throws IOException {
    List<Path> entries =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(classPath)
            .map(Path::of)
            .map(Path::toAbsolutePath)
            .toList();
    List<Path> archived = entries.stream().filter(ArchivePlan::isArchived).toList();
    List<Path> rest = entries.stream().filter(entry -> !archived.contains(entry)).toList();
    return new ArchivePlan(archived, rest, key(archived));
  }

  /** The class path of the JVM that makes the archive. */
  String archivedPath(Path first) {
    return join(Stream.concat(Stream.of(first), archived.stream()));
  }

  /** The class path of a JVM that uses the archive. */
  String fullPath(Path first) {
    Stream<Path> jars = Stream.concat(Stream.of(first), archived.stream());
    return join(Stream.concat(jars, rest.stream()));
  }

  private static boolean isArchived(Path entry) {
    String name = entry.getFileName().toString();
    return Files.isRegularFile(entry) && name.endsWith(".jar") && !name.startsWith("weir-");
  }

  private static String key(List<Path> jars) throws IOException {
    StringBuilder state = new StringBuilder(System.getProperty("java.vm.version"));
    for (Path jar : jars) {
      state.append('|').append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
    }
    state.append('|').append(KitJar.state());
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(state.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, KEY_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256, this one does not.", e);
    }
  }

  private static String join(Stream<Path> entries) {
    return entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
