package dev.weir.testing.sim;

import dev.weir.internal.snapshot.Disk;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * A disk that several processes share. When the power fails, of what was not forced some is lost:
 * of bytes each block of 512, of names each change. Used by whoever has the baton.
 */
public final class SimDisk {
  private static final int USUAL_MICROS = 300;

  private final Scheduler scheduler;
  private final LongPredicate failing;
  private final Map<Path, SimFile> names = new TreeMap<>();
  private final Map<Path, SimFile> durableNames = new TreeMap<>();
  private final List<Change> pending = new ArrayList<>();
  private final Map<Path, byte[]> whenNamed = new HashMap<>();
  private final Map<Path, SimProcess> locks = new HashMap<>();
  private final List<Names> witnesses = new ArrayList<>();
  private boolean isFull;
  private long effects;
  private int longestMicros = USUAL_MICROS;

  /**
   * @param scheduler of the run
   * @param failing whether the effect with this number, from 0, fails
   */
  public SimDisk(Scheduler scheduler, LongPredicate failing) {
    this.scheduler = scheduler;
    this.failing = failing;
    names.put(Path.of("/"), SimFile.directory());
    durableNames.putAll(names);
  }

  /**
   * @param process who uses it
   * @return the disk as that process sees it
   */
  public Disk of(SimProcess process) {
    return new View(process);
  }

  /**
   * @return how much was done to it
   */
  public long effects() {
    return effects;
  }

  /**
   * From now on each use of it takes longer.
   *
   * @param millis how long at most
   */
  public void slowDown(int millis) {
    longestMicros = Math.toIntExact(TimeUnit.MILLISECONDS.toMicros(millis));
  }

  /** It is as quick as at first again. */
  public void speedUp() {
    longestMicros = USUAL_MICROS;
  }

  /** From now on there is no room for anything. */
  public void fill() {
    isFull = true;
  }

  /** There is room again. */
  public void free() {
    isFull = false;
  }

  /**
   * @return every file there is; what is in slots of a file counts instead of it
   */
  public List<Path> files() {
    List<Path> files = new ArrayList<>();
    names.forEach(
        (path, file) -> {
          Set<Path> inSlots = file.isDirectory() ? Set.of() : SlotNames.in(path, file).keySet();
          if (!file.isDirectory()) {
            files.addAll(inSlots.isEmpty() ? Set.of(path) : inSlots);
          }
        });
    return files;
  }

  /**
   * @param path a file
   * @return its bytes now; empty if there is none
   */
  public Optional<byte[]> bytes(Path path) {
    return Optional.ofNullable(names.get(path))
        .filter(file -> !file.isDirectory())
        .map(SimFile::bytes)
        .or(() -> bytesInSlots(path));
  }

  private Optional<byte[]> bytesInSlots(Path path) {
    return names.entrySet().stream()
        .filter(entry -> !entry.getValue().isDirectory())
        .map(entry -> SlotNames.in(entry.getKey(), entry.getValue()).get(path))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** Is told what processes do to names, before it is done; a power cut tells nobody. */
  public interface Names {
    /**
     * @param path which a file gets that was written under another name, or in a slot
     */
    void given(Path path);

    /**
     * @param path of a file that is deleted
     */
    void removed(Path path);
  }

  /**
   * @param names who is told from now on
   */
  public void tell(Names names) {
    witnesses.add(names);
  }

  /**
   * @param path a file that was written under another name and renamed, or in a slot, at any time
   * @return its bytes then, whatever has become of it; empty if there never was one
   */
  public Optional<byte[]> bytesWhenNamed(Path path) {
    return Optional.ofNullable(whenNamed.get(path));
  }

  /** The power fails, and comes back. Kill the processes first. */
  public void powerFails() {
    for (Change change : pending) {
      if (scheduler.random().nextBoolean()) {
        change.applyTo(durableNames);
      }
    }
    pending.clear();
    boolean isOrphaned = true;
    while (isOrphaned) {
      isOrphaned =
          durableNames
              .keySet()
              .removeIf(p -> p.getParent() != null && !durableNames.containsKey(p.getParent()));
    }
    names.clear();
    names.putAll(durableNames);
    names.values().forEach(file -> file.powerFails(scheduler.random()));
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

  private void change(Path from, Path to, SimFile file) {
    Change change = new Change(from, to, file);
    change.applyTo(names);
    pending.add(change);
  }

  /** The disk for one process. */
  private final class View implements Disk {
    private final SimProcess process;

    View(SimProcess process) {
      this.process = process;
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
      begin("mkdir");
      requireRoom();
      require(directory.getParent());
      if (!names.containsKey(directory)) {
        change(null, directory, SimFile.directory());
      }
      end("mkdir");
    }

    @Override
    public WritableFile create(Path path) throws IOException {
      begin("create");
      requireRoom();
      require(path.getParent());
      if (names.containsKey(path)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      SimFile file = SimFile.empty();
      change(null, path, file);
      end("create");
      return new OpenFile(path, file);
    }

    @Override
    public WritableFile reopen(Path path) throws IOException {
      begin("open");
      return new OpenFile(path, file(path));
    }

    @Override
    public InputStream open(Path path) throws IOException {
      begin("open");
      return new ByteArrayInputStream(file(path).bytes());
    }

    @Override
    public long length(Path path) throws IOException {
      begin("length");
      return file(path).length();
    }

    @Override
    public boolean exists(Path path) throws IOException {
      begin("exists");
      return names.containsKey(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      begin("rename");
      changeName(from, to);
      end("rename");
    }

    @Override
    public boolean renameIfAbsent(Path from, Path to) throws IOException {
      begin("rename");
      boolean isAbsent = !names.containsKey(to);
      if (isAbsent) {
        changeName(from, to);
      }
      end("rename");
      return isAbsent;
    }

    @Override
    public void delete(Path path) throws IOException {
      begin("delete");
      if (names.containsKey(path)) {
        if (!entries(path).isEmpty()) {
          throw new DirectoryNotEmptyException(path.toString());
        }
        SlotNames.in(path, names.get(path)).keySet().forEach(this::removed);
        removed(path);
        change(path, null, null);
      }
      end("delete");
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
      begin("force directory");
      require(directory);
      pending.stream()
          .filter(change -> change.isIn(directory))
          .forEach(change -> change.applyTo(durableNames));
      pending.removeIf(change -> change.isIn(directory));
      end("force directory");
    }

    @Override
    public List<Entry> list(Path directory) throws IOException {
      begin("list");
      require(directory);
      return entries(directory);
    }

    @Override
    public Optional<Closeable> tryLock(Path path) throws IOException {
      begin("lock");
      SimProcess owner = locks.get(path);
      if (owner != null) {
        return Optional.empty();
      }
      locks.put(path, process);
      process.onDeath(() -> locks.remove(path, process));
      return Optional.of(() -> locks.remove(path, process));
    }

    private void changeName(Path from, Path to) throws IOException {
      SimFile file = file(from);
      given(to, file.bytes());
      SlotNames.in(to, file).forEach(this::given);
      change(from, to, file);
    }

    private void given(Path path, byte[] bytes) {
      witnesses.forEach(witness -> witness.given(path));
      whenNamed.put(path, bytes);
    }

    private void removed(Path path) {
      witnesses.forEach(witness -> witness.removed(path));
    }

    private List<Entry> entries(Path directory) {
      List<Entry> entries = new ArrayList<>();
      names.forEach(
          (path, file) -> {
            if (directory.equals(path.getParent())) {
              entries.add(new Entry(path.getFileName().toString(), file.isDirectory()));
            }
          });
      return entries;
    }

    private SimFile file(Path path) throws IOException {
      SimFile file = names.get(path);
      if (file == null || file.isDirectory()) {
        throw new NoSuchFileException(path.toString());
      }
      return file;
    }

    private void require(Path directory) throws IOException {
      if (!names.containsKey(directory)) {
        throw new NoSuchFileException(String.valueOf(directory));
      }
    }

    private void requireRoom() throws IOException {
      if (isFull) {
        throw new IOException("No space left on device");
      }
    }

    private void begin(String what) throws IOException {
      scheduler.sleep(
          what, TimeUnit.MICROSECONDS.toNanos(scheduler.random().nextInt(longestMicros)));
      process.requireAlive();
      if (failing.test(effects++)) {
        throw new IOException("injected failure of " + what);
      }
    }

    private void end(String what) {
      process.changesTheWorld();
      scheduler.point(what, effects);
    }

    /** A file that one strand writes. */
    private final class OpenFile implements WritableFile {
      private final Path path;
      private final SimFile file;

      OpenFile(Path path, SimFile file) {
        this.path = path;
        this.file = file;
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        begin("write");
        requireRoom();
        file.write(bytes, offset, length);
        end("write");
      }

      @Override
      public void overwrite(long position, byte[] bytes) throws IOException {
        begin("overwrite");
        Map<Path, byte[]> before = SlotNames.in(path, file);
        file.overwrite(position, bytes);
        Map<Path, byte[]> after = SlotNames.in(path, file);
        if (names.get(path) == file) { // Else it was deleted while it was open.
          before.keySet().stream()
              .filter(name -> !after.containsKey(name))
              .forEach(View.this::removed);
          after.forEach((name, content) -> tellNew(before, name, content));
        }
        end("overwrite");
      }

      private void tellNew(Map<Path, byte[]> before, Path name, byte[] content) {
        if (!before.containsKey(name)) {
          given(name, content);
        }
      }

      @Override
      public void force() throws IOException {
        try {
          begin("force");
        } catch (IOException failed) {
          file.dropUnforced();
          throw failed;
        }
        file.force();
        end("force");
      }

      @Override
      public void close() {}
    }
  }
}
