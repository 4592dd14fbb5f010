package dev.weir.testing.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which commit of a project is checked out, read from its {@code .git} without git. Not what has
 * changed since.
 */
final class Commit {
  private static final String REF = "ref: ";
  private static final String LINK = "gitdir: ";

  private Commit() {}

  /**
   * That of the folder, or of the nearest one around it that has one; empty if none can be read.
   */
  static Optional<String> of(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      for (Path at = absolute; at != null; at = at.getParent()) {
        Path git = at.resolve(".git");
        if (Files.exists(git)) {
          return head(Files.isDirectory(git) ? git : linked(at, git));
        }
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty(); // It is a help and no more.
    }
  }

  /** A work tree beside others has a file that says where its own things are. */
  private static Path linked(Path tree, Path link) throws IOException {
    return tree.resolve(Files.readString(link).strip().substring(LINK.length()));
  }

  private static Optional<String> head(Path git) throws IOException {
    String head = Files.readString(git.resolve("HEAD")).strip();
    if (!head.startsWith(REF)) {
      return Optional.of(head);
    }
    String name = head.substring(REF.length());
    Path shared = git.resolve("commondir");
    Path refs = Files.exists(shared) ? git.resolve(Files.readString(shared).strip()) : git;
    return Files.exists(refs.resolve(name))
        ? Optional.of(Files.readString(refs.resolve(name)).strip())
        : packed(refs.resolve("packed-refs"), name);
  }

  private static Optional<String> packed(Path refs, String name) throws IOException {
    if (!Files.exists(refs)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(refs)) {
      return lines
          .filter(line -> line.endsWith(" " + name))
          .map(line -> line.substring(0, line.indexOf(' ')))
          .findFirst();
    }
  }
}
