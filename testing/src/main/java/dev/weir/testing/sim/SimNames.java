package dev.weir.testing.sim;

import dev.weir.internal.snapshot.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Which names there are on a {@link SimDisk}, and which of them would be there after a power cut:
 * those whose directory was forced, and of the other changes each or not.
 */
final class SimNames {
  private final Map<Path, SimFile> names = new TreeMap<>();
  private final Map<Path, SimFile> durable = new TreeMap<>();
  private final List<Change> pending = new ArrayList<>();

  /** An empty root directory. */
  SimNames() {
    names.put(Path.of("/"), SimFile.directory());
    durable.putAll(names);
  }

  /** A change of names that no force of a directory has made durable. */
  private record Change(Path from, Path to, SimFile file) {
    boolean isIn(Path directory) {
      return directory.equals(from == null ? to.getParent() : from.getParent());
    }

    void applyTo(Map<Path, SimFile> target) {
      if (from != null) {
        target.remove(from);
      }
      if (to != null) {
        target.put(to, file);
      }
    }
  }

  boolean has(Path path) {
    return names.containsKey(path);
  }

  /** The file or directory of this name, or null. */
  SimFile get(Path path) {
    return names.get(path);
  }

  /** The file of this name. */
  SimFile file(Path path) throws IOException {
    SimFile file = names.get(path);
    if (file == null || file.isDirectory()) {
      throw new NoSuchFileException(path.toString());
    }
    return file;
  }

  void require(Path directory) throws IOException {
    if (!has(directory)) {
      throw new NoSuchFileException(String.valueOf(directory));
    }
  }

  /** Shows each file, but no directory. */
  void forEachFile(BiConsumer<Path, SimFile> visitor) {
    names.forEach(
        (path, file) -> {
          if (!file.isDirectory()) {
            visitor.accept(path, file);
          }
        });
  }

  List<Disk.Entry> entries(Path directory) {
    List<Disk.Entry> entries = new ArrayList<>();
    names.forEach(
        (path, file) -> {
          if (directory.equals(path.getParent())) {
            entries.add(new Disk.Entry(path.getFileName().toString(), file.isDirectory()));
          }
        });
    return entries;
  }

  /** Removes the first name and gives the second one to the file; either may be null. */
  void change(Path from, Path to, SimFile file) {
    Change change = new Change(from, to, file);
    change.applyTo(names);
    pending.add(change);
  }

  /** What was changed in a directory is durable. */
  void force(Path directory) {
    pending.stream()
        .filter(change -> change.isIn(directory))
        .forEach(change -> change.applyTo(durable));
    pending.removeIf(change -> change.isIn(directory));
  }

  /** Of what is not durable some is lost, of names as of the files' bytes. */
  void powerFails(Random random) {
    for (Change change : pending) {
      if (random.nextBoolean()) {
        change.applyTo(durable);
      }
    }
    pending.clear();
    boolean isOrphaned = true;
    while (isOrphaned) {
      isOrphaned =
          durable
              .keySet()
              .removeIf(p -> p.getParent() != null && !durable.containsKey(p.getParent()));
    }
    names.clear();
    names.putAll(durable);
    names.values().forEach(file -> file.powerFails(random));
  }
}
