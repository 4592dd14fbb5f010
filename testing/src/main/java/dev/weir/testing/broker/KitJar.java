package dev.weir.testing.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A jar with the few classes of ours that a broker's JVM loads: archives are not made of folders.
 */
final class KitJar {
  /** Always the same: an archive is refused when a jar that it was made from has another time. */
  private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  private static final List<String> CLASSES =
      List.of(
          "dev/weir/testing/fault/Leash.class",
          "dev/weir/testing/broker/BrokerMain.class",
          "dev/weir/testing/broker/TrainingMain.class");

  private KitJar() {}

  /** Changes when one of the classes does. */
  static String state() throws IOException {
    StringBuilder state = new StringBuilder();
    for (String name : CLASSES) {
      state.append(Arrays.hashCode(bytes(name))).append('.');
    }
    return state.toString();
  }

  static void write(Path jar) throws IOException {
    if (Files.exists(jar)) {
      return;
    }
    Path unfinished = jar.resolveSibling(jar.getFileName() + "." + ProcessHandle.current().pid());
    try (OutputStream file = Files.newOutputStream(unfinished);
        JarOutputStream entries = new JarOutputStream(file)) {
      for (String name : CLASSES) {
        JarEntry entry = new JarEntry(name);
        entry.setTime(TIME.toMillis());
        entries.putNextEntry(entry);
        entries.write(bytes(name));
      }
    }
    Files.setLastModifiedTime(unfinished, TIME);
    ArchiveFolder.moveInto(unfinished, jar);
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream found = KitJar.class.getClassLoader().getResourceAsStream(name)) {
      if (found == null) {
        throw new IOException(
            "Looked for " + name + " on the class path, it is not there; is the test kit whole?");
      }
      return found.readAllBytes();
    }
  }
}
