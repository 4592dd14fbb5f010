package dev.weir.internal.state.rocksdb;

import dev.weir.error.Causes;
import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.SharedBase.NamedFile;
import dev.weir.internal.snapshot.SharedBases;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.StateStore.Origin;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;

/**
 * Makes the bases of an attempt: RocksDB links its files to another folder, which takes
 * milliseconds however large they are, and those the store does not have yet are copied to it. No
 * task waits for that. What a base has of each task it had before it was linked, so the marks in it
 * are as new or newer. Thread-safe; a base is made by an I/O thread, one at a time.
 */
final class RocksBases implements SharedBases {
  private static final String SMALL_FILES = "database";
  private static final String TABLE = ".sst";
  private static final int MOST_FILES = 500;

  private final Origin origin;
  private final LocalFolder folder;
  private final LocalDatabase database;
  private final Executor io;
  private final CrashPoint.Hook crashes;
  private final Consumer<Throwable> failed;
  private final long smallestBytes;
  private final Map<String, Long> sunk = new HashMap<>();
  private long handedOver = BottomStore.NOTHING;
  private long sinking = BottomStore.NOTHING;
  private volatile Optional<SharedBase> newest;
  private volatile boolean isClosed;
  private Map<String, FileRef> uploaded;
  private boolean isDamaged;
  private CompletableFuture<Void> making = CompletableFuture.completedFuture(null);

  /** Begins with the base of the checkpoint that is restored, if it lasts. */
  RocksBases(
      Origin origin,
      LocalFolder folder,
      LocalDatabase database,
      List<NamedFile> uploaded,
      RocksStateStore.Engine engine) {
    this.origin = origin;
    this.folder = folder;
    this.database = database;
    this.io = engine.io();
    this.crashes = engine.crashes();
    this.failed = engine.failed();
    this.smallestBytes = engine.smallestBaseBytes();
    this.uploaded = mapOf(uploaded);
    this.newest = origin.lastingBase();
  }

  private static Map<String, FileRef> mapOf(List<NamedFile> files) {
    Map<String, FileRef> map = new HashMap<>();
    files.forEach(file -> map.put(file.name(), file.file()));
    return map;
  }

  /** Rows of this checkpoint are about to be written to the database. */
  synchronized void sinking(long checkpointId) {
    if (checkpointId <= sinking) {
      return;
    }
    try {
      folder.noteNewest(checkpointId, origin.run());
      sinking = checkpointId;
    } catch (IOException e) {
      throw new StorageException(
          "Tried to write to " + folder.root() + ": " + e + ". Check state.local.directory.", e);
    }
  }

  /** The database has what a task's files of checkpoints up to this one say; -1: nothing. */
  synchronized void sunk(String stage, int subtask, long checkpointId) {
    sunk.put(stage + "/" + subtask, checkpointId);
  }

  /** The database has all up to this checkpoint, and other tasks go on from there. */
  synchronized void handOver(long checkpointId) {
    sunk.clear();
    handedOver = checkpointId;
  }

  /** The database has what the files of every task up to this checkpoint say. */
  private synchronized long sunk() {
    return sunk.values().stream().mapToLong(id -> id).min().orElse(handedOver);
  }

  @Override
  public Optional<SharedBase> newest() {
    return newest;
  }

  @Override
  public synchronized void completed(CheckpointManifest manifest) {
    if (!isClosed && making.isDone() && isAdopted(manifest) && hasMore() && isWanted(manifest)) {
      isDamaged = false;
      making =
          CompletableFuture.runAsync(this::make, io)
              .whenComplete(
                  (nothing, failure) -> {
                    if (failure != null && !isClosed) {
                      failed.accept(Causes.behind(failure));
                    }
                  });
    }
  }

  @Override
  public synchronized void damaged(FileRef file) {
    if (uploaded.values().remove(file)) {
      isDamaged = true;
    }
  }

  /** A base that no completed checkpoint stands on yet must not be replaced: it might be swept. */
  private boolean isAdopted(CheckpointManifest manifest) {
    return manifest.base().map(SharedBase::id).equals(newest.map(SharedBase::id));
  }

  private boolean hasMore() {
    return sunk() > newest.map(SharedBase::through).orElse(BottomStore.NOTHING);
  }

  private boolean isWanted(CheckpointManifest manifest) {
    return isDamaged || isWorthIt(manifest);
  }

  private boolean isWorthIt(CheckpointManifest manifest) {
    int files =
        manifest.stages().values().stream()
            .flatMap(List::stream)
            .mapToInt(part -> part.files().size())
            .max()
            .orElse(0);
    long deltas =
        manifest.stages().values().stream()
            .flatMap(List::stream)
            .map(StagePart::files)
            .flatMap(List::stream)
            .distinct()
            .mapToLong(FileRef::bytes)
            .sum();
    return isWorthIt(files, deltas, manifest.base().map(SharedBase::bytes).orElse(0L));
  }

  private void make() {
    long through = sunk();
    long id = newest.map(base -> base.id() + 1).orElse(0L);
    try {
      link();
      crashes.reached(CrashPoint.BASE_LINKED, id);
      List<NamedFile> files = upload(id);
      folder.clearLinks();
      folder.write(origin.job(), files);
      remember(files);
      crashes.reached(CrashPoint.BASE_WRITTEN, id);
      newest = Optional.of(new SharedBase(id, through, files));
    } catch (RocksDBException e) {
      throw RocksFailure.of("link base " + id, e);
    } catch (IOException e) {
      throw new StorageException(
          "Tried to save base " + id + " from " + folder.links() + ": " + e + ". Check the disk.",
          e);
    }
  }

  private synchronized void remember(List<NamedFile> files) {
    uploaded = mapOf(files);
  }

  private synchronized Optional<FileRef> uploaded(String name) {
    return Optional.ofNullable(uploaded.get(name));
  }

  private void link() throws IOException, RocksDBException {
    folder.clearLinks();
    try (Checkpoint checkpoint = Checkpoint.create(database.database())) {
      checkpoint.createCheckpoint(folder.links().toString());
    }
  }

  private List<NamedFile> upload(long id) throws IOException {
    List<NamedFile> files = new ArrayList<>();
    List<Path> small = new ArrayList<>();
    for (Path path : linked()) {
      String name = path.getFileName().toString();
      if (name.endsWith(TABLE)) {
        long bytes = Files.size(path);
        Optional<FileRef> known = uploaded(name).filter(file -> file.bytes() == bytes);
        files.add(new NamedFile(name, known.orElseGet(() -> uploadTable(id, name, path))));
      } else if (name.equals("CURRENT") || name.startsWith("MANIFEST-")) {
        small.add(path);
      }
    }
    files.addAll(uploadSmall(id, small));
    return files;
  }

  private List<Path> linked() throws IOException {
    try (Stream<Path> files = Files.list(folder.links())) {
      return files.sorted().toList();
    }
  }

  private FileRef uploadTable(long id, String name, Path path) {
    if (isClosed) {
      throw new StorageException(
          "Base " + id + " was given up: the attempt ends. Nothing needs to be done.", null);
    }
    return origin.files().writeBaseFile(id, attempt(), name, out -> Files.copy(path, out));
  }

  /** CURRENT and the database's own manifest, in one object. */
  private List<NamedFile> uploadSmall(long id, List<Path> paths) {
    List<NamedFile> files = new ArrayList<>();
    FileRef all =
        origin
            .files()
            .writeBaseFile(id, attempt(), SMALL_FILES, out -> writeSmall(paths, out, files));
    return files.stream()
        .map(file -> new NamedFile(file.name(), file.file().in(all.location())))
        .toList();
  }

  private static void writeSmall(List<Path> paths, DataOutputStream out, List<NamedFile> files)
      throws IOException {
    files.clear();
    long offset = 0;
    for (Path path : paths) {
      byte[] bytes = Files.readAllBytes(path);
      out.write(bytes);
      files.add(new NamedFile(path.getFileName().toString(), FileRef.of("", offset, bytes)));
      offset += bytes.length;
    }
  }

  private long attempt() {
    return origin.run().attempt();
  }

  /** Gives up what is being made and waits until nobody is at it. */
  void close() {
    isClosed = true;
    CompletableFuture<Void> last;
    synchronized (this) {
      last = making;
    }
    last.handle((nothing, failure) -> failure).join();
  }

  /**
   * A base of B bytes is followed by a new one once the files after it have B / 2: a restore reads
   * at most about one and a half states, and each changed byte is written once as a delta and, with
   * what compaction has merged it into, about twice again.
   */
  private boolean isWorthIt(int files, long deltaBytes, long baseBytes) {
    return files >= MOST_FILES || deltaBytes > Math.max(smallestBytes, baseBytes / 2);
  }
}
