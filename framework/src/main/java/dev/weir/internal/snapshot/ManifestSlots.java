package dev.weir.internal.snapshot;

import dev.weir.internal.base.Slots;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The small manifests of an attempt, in slots of one file that is made once and then overwritten in
 * place: the file system itself has nothing to write down, so that one force is enough, and waits
 * for no journal. Only the attempt itself writes there; others may empty slots, when it is fenced.
 * Used by several I/O threads, of which one at a time writes, and one at a time removes.
 */
final class ManifestSlots {
  private static final long NOBODY = -1;

  private final Path root;
  private final Disk disk;
  private volatile long attempt = NOBODY;
  private volatile boolean isDistrusted;

  /** Slots below a store's root. */
  ManifestSlots(Path root, Disk disk) {
    this.root = root;
    this.disk = disk;
  }

  /** From its second manifest on an attempt uses slots; who writes but one copies a savepoint. */
  boolean takes(String name) {
    return Layout.isManifest(name) && attemptOf(name) == attempt && !isDistrusted;
  }

  /** An object is there that is a file of its own. */
  void written(String name) {
    if (Layout.isManifest(name)) {
      attempt = attemptOf(name);
    }
  }

  private static long attemptOf(String name) {
    return Layout.folderOf(name).orElseThrow().attempt();
  }

  /** The file with the slots of the attempt that writes, or wrote, this manifest. */
  Path fileOf(String name) {
    return root.resolve(Layout.slotsLocation(attemptOf(name)));
  }

  /**
   * Overwrites a slot that holds nothing and returns when it is durable.
   *
   * @param slot the manifest in a slot
   * @param written told when it is written, but not durable yet
   * @return false if every slot holds something
   */
  boolean write(String name, byte[] slot, Runnable written) throws IOException {
    Path file = fileOf(name);
    List<Optional<Slots.Content>> slots = contents(file);
    requireAbsent(name, slots);
    int free = slots.indexOf(Optional.<Slots.Content>empty());
    if (free < 0) {
      return false;
    }
    try (Disk.WritableFile out = disk.reopen(file)) {
      out.overwrite((long) free * Slots.BYTES, slot);
      written.run();
      out.force();
    } catch (IOException e) {
      isDistrusted = true; // What could not be forced may look as if it were: never force again.
      throw e;
    }
    return true;
  }

  /** Refuses a name that is taken. */
  void requireAbsent(String name) throws IOException {
    if (Layout.isManifest(name)) {
      requireAbsent(name, contents(fileOf(name)));
    }
  }

  private static void requireAbsent(String name, List<Optional<Slots.Content>> slots)
      throws FileAlreadyExistsException {
    if (names(slots).anyMatch(content -> content.name().equals(name))) {
      throw new FileAlreadyExistsException(name);
    }
  }

  /** The bytes of a manifest that is in a slot. */
  Optional<byte[]> read(String name) throws IOException {
    return Layout.isManifest(name)
        ? names(contents(fileOf(name)))
            .filter(content -> content.name().equals(name))
            .map(Slots.Content::bytes)
            .findFirst()
        : Optional.empty();
  }

  /** What a file with slots is listed as: its manifests; if there is none, as a left-over. */
  List<String> listed(String location) throws IOException {
    List<String> names = names(contents(root.resolve(location))).map(Slots.Content::name).toList();
    return names.isEmpty() ? List.of(location + Layout.TEMPORARY) : names;
  }

  /**
   * Empties the slot of a manifest, or removes a file that holds nothing; whether that is durable
   * does not matter. The own file stays, since another thread may be about to write there.
   *
   * @return false if the name is of nothing in slots
   */
  boolean remove(String name) throws IOException {
    return Layout.isManifest(name) ? removeManifest(name) : removeEmpty(name);
  }

  private boolean removeManifest(String name) throws IOException {
    Path file = fileOf(name);
    List<Optional<Slots.Content>> slots = contents(file);
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).filter(content -> content.name().equals(name)).isPresent()) {
        if (attemptOf(name) != attempt && names(slots).count() == 1) {
          disk.delete(file);
        } else {
          empty(file, i);
        }
        return true;
      }
    }
    return false;
  }

  private void empty(Path file, int slot) throws IOException {
    try (Disk.WritableFile out = disk.reopen(file)) {
      out.overwrite((long) slot * Slots.BYTES, Slots.nothing());
    } catch (NoSuchFileException gone) {
      // Another instance has removed all of it.
    }
  }

  private boolean removeEmpty(String name) throws IOException {
    Optional<String> location = Layout.slotsOfLeftOver(name);
    if (location.isPresent() && names(contents(root.resolve(location.get()))).count() == 0) {
      disk.delete(root.resolve(location.get()));
    }
    return location.isPresent();
  }

  private static Stream<Slots.Content> names(List<Optional<Slots.Content>> slots) {
    return slots.stream().flatMap(Optional::stream);
  }

  private List<Optional<Slots.Content>> contents(Path file) throws IOException {
    try (InputStream in = disk.open(file)) {
      byte[] bytes = new byte[Slots.FILE_BYTES]; // Not readAllBytes, which reads small pieces.
      int count = in.readNBytes(bytes, 0, bytes.length);
      return Slots.in(count < bytes.length ? Arrays.copyOf(bytes, count) : bytes);
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }
}
