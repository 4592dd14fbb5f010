package dev.weir.internal.snapshot;

import dev.weir.connector.SnapshotStore;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.base.Slots;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps objects as files of a folder that is made when first written to. An object is there in full
 * or not under its name: temporary file, force, rename, force of the directory. Of an attempt's
 * manifests only the first is a file; those behind it are in slots of one file, if they fit.
 * Thread-safe; every method blocks.
 */
public final class FileSnapshotStore implements SnapshotStore {
  private static final String IN_CHECKPOINTS = Layout.CHECKPOINTS + "/";

  private final Path root;
  private final Disk disk;
  private final CrashPoint.Hook crashes;
  private final Set<Path> durable = ConcurrentHashMap.newKeySet(); // Parents: few.
  private final ManifestSlots slots;
  private volatile Path newest;

  /** A store in a folder. */
  public FileSnapshotStore(Path root, Disk disk, CrashPoint.Hook crashes) {
    this.root = root.toAbsolutePath().normalize();
    this.disk = disk;
    this.crashes = crashes;
    this.slots = new ManifestSlots(this.root, disk);
  }

  @Override
  public Upload create(String name) throws IOException {
    return slots.takes(name) ? new SmallUpload(name, root.resolve(name)) : createFile(name);
  }

  private FileUpload createFile(String name) throws IOException {
    Path file = root.resolve(name);
    createParent(file.getParent());
    requireAbsent(file);
    slots.requireAbsent(name);
    return new FileUpload(name, file, Temporary.beside(file, disk));
  }

  private void requireAbsent(Path file) throws IOException {
    if (disk.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  /** Writers of one checkpoint share its directory; that two of them make it does no harm. */
  private void createParent(Path directory) throws IOException {
    if (!directory.equals(newest)) {
      createDirectory(directory);
      newest = directory;
    }
  }

  private void createDirectory(Path directory) throws IOException {
    Path parent = directory.getParent();
    if (parent == null || durable.contains(directory)) {
      return;
    }
    if (!disk.exists(directory)) {
      createDirectory(parent);
      durable.add(parent);
      disk.createDirectory(directory);
    }
    disk.forceDirectory(parent); // Also of one that was there: its maker may have died before this.
    if (directory.equals(root)) {
      durable.add(root); // It is never removed, so once is enough.
    }
  }

  @Override
  public InputStream open(String name, long offset, long length) throws IOException {
    InputStream in = open(name);
    try {
      in.skipNBytes(offset);
    } catch (EOFException shorter) {
      in.close();
      return InputStream.nullInputStream();
    } catch (IOException e) {
      in.close();
      throw e;
    }
    return new Part(in, length);
  }

  private InputStream open(String name) throws IOException {
    try {
      return disk.open(root.resolve(name));
    } catch (NoSuchFileException noFile) {
      return new ByteArrayInputStream(slots.read(name).orElseThrow(() -> noFile));
    }
  }

  @Override
  public List<String> list(String folder) throws IOException {
    List<String> names = new ArrayList<>();
    list(folder, names);
    if (folder.startsWith(IN_CHECKPOINTS)) { // What is in slots is in no folder.
      list(Layout.CHECKPOINTS).stream()
          .filter(name -> name.startsWith(folder + "/"))
          .forEach(names::add);
    }
    return names.stream().sorted().distinct().toList();
  }

  private void list(String folder, List<String> names) throws IOException {
    Path directory = root.resolve(folder);
    if (!disk.exists(directory)) {
      return;
    }
    for (Disk.Entry entry : entries(directory)) {
      String name = folder.isEmpty() ? entry.name() : folder + "/" + entry.name();
      if (entry.isDirectory()) {
        list(name, names);
      } else if (Layout.isSlots(name)) {
        names.addAll(slots.listed(name));
      } else {
        names.add(name);
      }
    }
  }

  /** A directory that is removed meanwhile holds nothing. */
  private List<Disk.Entry> entries(Path directory) throws IOException {
    try {
      return disk.list(directory);
    } catch (NoSuchFileException gone) {
      return List.of();
    }
  }

  /** With its last file a directory goes as well. */
  @Override
  public void delete(String name) throws IOException {
    if (slots.remove(name)) {
      return;
    }
    Path file = root.resolve(name);
    disk.delete(file);
    Path parent = file.getParent();
    if (!parent.equals(root) && disk.exists(parent) && entries(parent).isEmpty()) {
      newest = root; // So that the next writer makes it again.
      deleteEmpty(parent);
    }
  }

  private void deleteEmpty(Path directory) throws IOException {
    try {
      disk.delete(directory);
    } catch (DirectoryNotEmptyException writtenMeanwhile) {
      // By another instance, which needs it.
    }
  }

  @Override
  public void close() {}

  private void reachedForced(String name) {
    Optional<Layout.Folder> folder = Layout.folderOf(name);
    folder.ifPresent(
        of ->
            crashes.reached(
                of.isOfBase()
                    ? CrashPoint.BASE_FILE_FORCED
                    : Layout.isManifest(name)
                        ? CrashPoint.MANIFEST_FORCED
                        : CrashPoint.STATE_FILE_FORCED,
                of.id()));
  }

  /** A manifest that is held in memory until it is complete, or too large for a slot. */
  private final class SmallUpload implements Upload {
    private final String name;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private FileUpload large;

    SmallUpload(String name, Path file) throws IOException {
      this.name = name;
      requireAbsent(file);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (large == null && held.size() + length > Slots.BYTES) {
        becomeLarge();
      }
      if (large == null) {
        held.write(bytes, offset, length);
      } else {
        large.write(bytes, offset, length);
      }
    }

    private void becomeLarge() throws IOException {
      large = createFile(name);
      large.write(held.toByteArray(), 0, held.size());
    }

    @Override
    public void complete() throws IOException {
      if (large == null && !isInSlot()) {
        becomeLarge();
      }
      if (large != null) {
        large.complete();
      }
    }

    private boolean isInSlot() throws IOException {
      Optional<byte[]> slot = Slots.of(name, held.toByteArray());
      if (slot.isEmpty()) {
        return false;
      }
      Path file = slots.fileOf(name);
      if (disk.exists(file)) {
        return slots.write(name, slot.get(), () -> reachedForced(name));
      }
      try (FileUpload first = new FileUpload(name, file, Temporary.beside(file, disk))) {
        first.write(Slots.fileWith(slot.get()), 0, Slots.FILE_BYTES);
        first.complete();
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      if (large != null) {
        large.close();
      }
    }
  }

  /** A file that becomes an object. */
  private final class FileUpload implements Upload {
    private final String name;
    private final Path file;
    private final Temporary temporary;
    private boolean isEnded;

    FileUpload(String name, Path file, Temporary temporary) {
      this.name = name;
      this.file = file;
      this.temporary = temporary;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      temporary.file().write(bytes, offset, length);
    }

    @Override
    public void complete() throws IOException {
      isEnded = true;
      try (Disk.WritableFile out = temporary.file()) {
        out.force();
      }
      reachedForced(name);
      if (!disk.renameIfAbsent(temporary.path(), file)) {
        disk.delete(temporary.path());
        throw new FileAlreadyExistsException(file.toString());
      }
      disk.forceDirectory(file.getParent());
      slots.written(name);
    }

    @Override
    public void close() throws IOException {
      if (!isEnded) {
        isEnded = true;
        temporary.file().close();
        disk.delete(temporary.path());
      }
    }
  }

  /** The next bytes of a file, at most so many. */
  private static final class Part extends InputStream {
    private final InputStream in;
    private long left;

    Part(InputStream in, long length) {
      this.in = in;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      int read = left <= 0 ? -1 : in.read();
      left -= read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0 && length > 0) {
        return -1;
      }
      int read = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /**
   * A file that is being written under a name nobody else uses, not even an instance that starts in
   * the same moment. A crash may leave it behind. Runs on an I/O thread.
   *
   * @param path where it is
   * @param file takes its bytes
   */
  private record Temporary(Path path, Disk.WritableFile file) {
    private static final int MOST = 100;

    /** Makes one beside the file that it is to become. */
    static Temporary beside(Path target, Disk disk) throws IOException {
      for (int i = 0; i < MOST; i++) {
        Path path = numbered(target, i);
        try {
          return new Temporary(path, disk.create(path));
        } catch (FileAlreadyExistsException taken) {
          // Somebody else writes it, or died while he did: take the next name.
        }
      }
      for (int i = 0; i < MOST; i++) {
        disk.delete(numbered(target, i));
      }
      throw new FileAlreadyExistsException(
          numbered(target, 0).toString(),
          null,
          MOST + " left-overs were there and are removed now");
    }

    private static Path numbered(Path target, int number) {
      return target.resolveSibling(target.getFileName() + "." + number + Layout.TEMPORARY);
    }
  }
}
