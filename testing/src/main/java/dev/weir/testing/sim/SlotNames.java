package dev.weir.testing.sim;

import dev.weir.internal.base.Slots;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is in the slots of a file counts as files, of the names that it has there. Pure. */
final class SlotNames {
  private static final String SUFFIX = ".slots";

  private SlotNames() {}

  /** The files in a file with slots, or none; names are below the folder above its own. */
  static Map<Path, byte[]> in(Path path, SimFile file) {
    Map<Path, byte[]> files = new TreeMap<>();
    if (path.toString().endsWith(SUFFIX)) {
      Path root = path.getParent().getParent();
      Slots.in(file.bytes()).stream()
          .flatMap(Optional::stream)
          .forEach(content -> files.put(root.resolve(content.name()), content.bytes()));
    }
    return files;
  }
}
