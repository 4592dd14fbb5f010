package dev.weir.sample.clickcount.demo;

import dev.weir.error.WeirException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that goes away with everything in it. Thread-safe. */
final class DemoFolder implements AutoCloseable {
  private final Path path;

  private DemoFolder(Path path) {
    this.path = path;
  }

  static DemoFolder create() {
    try {
      return new DemoFolder(Files.createTempDirectory("weir-demo-"));
    } catch (IOException e) {
      throw new WeirException(
          "Could not create a temporary folder in "
              + System.getProperty("java.io.tmpdir")
              + ": "
              + e.getMessage()
              + ". Make room there, or name another with -Djava.io.tmpdir.",
          e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new WeirException(
          "Could not remove the demo's folder " + path + ": " + e + ". Remove it by hand.", e);
    }
  }
}
