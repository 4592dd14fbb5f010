package dev.weir.testing.sim;

import dev.weir.internal.snapshot.Disk;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final SimNames names = new SimNames();
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
    names.forEachFile(
        (path, file) -> {
          Set<Path> inSlots = SlotNames.in(path, file).keySet();
          files.addAll(inSlots.isEmpty() ? Set.of(path) : inSlots);
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
    Map<Path, byte[]> inSlots = new HashMap<>();
    names.forEachFile((file, content) -> inSlots.putAll(SlotNames.in(file, content)));
    return Optional.ofNullable(inSlots.get(path));
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
    names.powerFails(scheduler.random());
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
      names.require(directory.getParent());
      if (!names.has(directory)) {
        names.change(null, directory, SimFile.directory());
      }
      end("mkdir");
    }

    @Override
    public WritableFile create(Path path) throws IOException {
      begin("create");
      requireRoom();
      names.require(path.getParent());
      if (names.has(path)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      SimFile file = SimFile.empty();
      names.change(null, path, file);
      end("create");
      return new OpenFile(path, file);
    }

    @Override
    public WritableFile reopen(Path path) throws IOException {
      begin("open");
      return new OpenFile(path, names.file(path));
    }

    @Override
    public InputStream open(Path path) throws IOException {
      begin("open");
      return new ByteArrayInputStream(names.file(path).bytes());
    }

    @Override
    public long length(Path path) throws IOException {
      begin("length");
      return names.file(path).length();
    }

    @Override
    public boolean exists(Path path) throws IOException {
      begin("exists");
      return names.has(path);
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
      boolean isAbsent = !names.has(to);
      if (isAbsent) {
        changeName(from, to);
      }
      end("rename");
      return isAbsent;
    }

    @Override
    public void delete(Path path) throws IOException {
      begin("delete");
      if (names.has(path)) {
        if (!names.entries(path).isEmpty()) {
          throw new DirectoryNotEmptyException(path.toString());
        }
        SlotNames.in(path, names.get(path)).keySet().forEach(this::removed);
        removed(path);
        names.change(path, null, null);
      }
      end("delete");
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
      begin("force directory");
      names.require(directory);
      names.force(directory);
      end("force directory");
    }

    @Override
    public List<Entry> list(Path directory) throws IOException {
      begin("list");
      names.require(directory);
      return names.entries(directory);
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
      SimFile file = names.file(from);
      given(to, file.bytes());
      SlotNames.in(to, file).forEach(this::given);
      names.change(from, to, file);
    }

    private void given(Path path, byte[] bytes) {
      witnesses.forEach(witness -> witness.given(path));
      whenNamed.put(path, bytes);
    }

    private void removed(Path path) {
      witnesses.forEach(witness -> witness.removed(path));
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
