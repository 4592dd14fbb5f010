package dev.weir.internal.snapshot;

import dev.weir.internal.base.Checks;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the files of a job lie. Pure.
 *
 * <pre>
 *   weir-job                                        whose folder it is
 *   checkpoints/&lt;checkpoint&gt;-&lt;attempt&gt;/manifest.weir
 *                                     /&lt;name&gt;.weir
 *                                     /&lt;name&gt;.weir.tmp    being written
 * </pre>
 */
final class Layout {
  static final String OWNER = "weir-job";
  static final String CHECKPOINTS = "checkpoints";
  static final String SUFFIX = ".weir";
  static final String TEMPORARY = ".tmp";
  static final String MANIFEST = "manifest" + SUFFIX;

  private static final String ID = "(0|[1-9][0-9]{0,18})";
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final Pattern DIRECTORY = Pattern.compile(ID + "-" + ID);
  private static final Pattern PLAIN_NAME = Pattern.compile(NAME);
  private static final Pattern OURS = Pattern.compile(NAME + "\\.weir(\\.tmp)?");
  private static final Pattern LOCATION =
      Pattern.compile(CHECKPOINTS + "/" + ID + "-" + ID + "/" + NAME + "\\.weir");

  private final Path root;

  Layout(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path owner() {
    return root.resolve(OWNER);
  }

  Path checkpoints() {
    return root.resolve(CHECKPOINTS);
  }

  static String directoryOf(long checkpointId, long attempt) {
    return CHECKPOINTS + "/" + checkpointId + "-" + attempt;
  }

  static String location(long checkpointId, long attempt, String name) {
    Checks.argument(
        PLAIN_NAME.matcher(name).matches() && !MANIFEST.equals(name + SUFFIX),
        "'%s' cannot be the name of a state file",
        name);
    return directoryOf(checkpointId, attempt) + "/" + name + SUFFIX;
  }

  static String manifestLocation(long checkpointId, long attempt) {
    return directoryOf(checkpointId, attempt) + "/" + MANIFEST;
  }

  /** The file at a location that was read from somewhere; empty if it is not one of ours. */
  Optional<Path> resolve(String location) {
    return LOCATION.matcher(location).matches()
        ? Optional.of(root.resolve(location))
        : Optional.empty();
  }

  static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + TEMPORARY);
  }

  /** Whether a file in a checkpoint's directory is one that Weir writes. */
  static boolean isOurs(String fileName) {
    return OURS.matcher(fileName).matches();
  }

  /** Reads the name of a checkpoint's directory; empty if it is not one. */
  static Optional<CheckpointDirectory> parse(String directoryName) {
    Matcher matcher = DIRECTORY.matcher(directoryName);
    return matcher.matches()
        ? Optional.of(
            new CheckpointDirectory(
                directoryName, Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  /** What a directory's name says. */
  record CheckpointDirectory(String name, long checkpointId, long attempt) {
    String location(String fileName) {
      return CHECKPOINTS + "/" + name + "/" + fileName;
    }
  }
}
