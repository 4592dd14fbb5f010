package dev.weir.internal.state.rocksdb;

import dev.weir.error.StorageException;
import dev.weir.internal.base.Checks;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.cache.RowCache;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.SharedBase.NamedFile;
import dev.weir.internal.snapshot.SharedBases;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.LayeredBackend;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The RocksDB of a job process. Its files are a cache of completed checkpoints: an attempt goes on
 * with what the one before has left there, if that is beyond doubt, and else begins with the files
 * of the checkpoint's base. Nothing of it is ever needed.
 */
public final class RocksStateStore implements StateStore {
  private static final Logger LOG = LoggerFactory.getLogger(RocksStateStore.class);
  private static final String LOCK = "weir-local.lock";

  private final Optional<Path> home;
  private final Engine engine;
  private final NativeHandles handles = new NativeHandles();
  private LocalFolder folder;
  private Optional<Closeable> lock = Optional.empty();
  private Optional<RocksContext> context = Optional.empty();
  private long failuresBefore;

  private RocksStateStore(Optional<Path> home, Engine engine) {
    this.home = home;
    this.engine = engine;
  }

  /**
   * A store whose files stay in a folder of its own. While another process uses that folder, which
   * may be an earlier instance that is paused, this one makes do with a temporary one.
   */
  public static RocksStateStore in(Path directory, Engine engine) {
    return new RocksStateStore(Optional.of(directory), engine);
  }

  /** A store whose files lie in a new folder among the temporary ones and go with it. */
  public static RocksStateStore inTemporary(Engine engine) {
    return new RocksStateStore(Optional.empty(), engine);
  }

  private void chooseFolder(String job) throws IOException {
    if (home.isPresent()) {
      Files.createDirectories(home.get());
      lock = new FileDisk().tryLock(home.get().resolve(LOCK));
    }
    Path chosen = lock.isPresent() ? home.get() : Files.createTempDirectory("weir-" + job + "-");
    if (home.isPresent() && lock.isEmpty()) {
      LOG.warn("Job {}: {} is in use, local state goes to {}", job, home.get(), chosen);
    }
    folder = new LocalFolder(chosen, engine.crashes());
  }

  private static StorageException noFolder(String what, Exception e) {
    return new StorageException(
        "Tried to " + what + " for RocksDB: " + e + ". Set state.local.directory.", e);
  }

  @Override
  public void begin(Origin origin) {
    Checks.state(folder == null, "The store of job %s is in use already", origin.job());
    failuresBefore = RocksFailure.count();
    try {
      chooseFolder(origin.job());
      List<NamedFile> uploaded = List.of();
      Optional<LocalDatabase> local = reopen(origin);
      if (local.isPresent()) {
        uploaded = folder.read(origin.job()).orElseThrow();
      } else {
        folder.clear();
        Optional<SharedBase> base = origin.manifest().flatMap(CheckpointManifest::base);
        if (base.isPresent()) {
          folder.fetch(base.get(), origin.files());
          uploaded = base.get().files();
        }
        local = Optional.of(LocalDatabase.open(folder.database(), engine.memory(), handles));
        folder.write(origin.job(), uploaded);
      }
      start(origin, local.get(), stillNamed(uploaded, origin));
      engine.crashes().reached(CrashPoint.LOCAL_OPENED, -1);
    } catch (RocksDBException e) {
      throw RocksFailure.of("open " + folder.database(), e);
    } catch (IOException e) {
      throw noFolder("use the local folder of job " + origin.job(), e);
    }
  }

  /** What no retained checkpoint names may be removed at any time, so it counts as not there. */
  private static List<NamedFile> stillNamed(List<NamedFile> uploaded, Origin origin) {
    List<NamedFile> named = origin.lastingBase().map(SharedBase::files).orElse(List.of());
    return uploaded.stream().filter(named::contains).toList();
  }

  /** Opens what is there already; empty if that is not to be believed. */
  private Optional<LocalDatabase> reopen(Origin origin) throws IOException, RocksDBException {
    if (origin.manifest().isEmpty() || !origin.keepsBase() || folder.read(origin.job()).isEmpty()) {
      return Optional.empty();
    }
    LocalDatabase database;
    try {
      database = LocalDatabase.open(folder.database(), engine.memory(), handles);
    } catch (RocksDBException e) {
      LOG.warn(
          "Job {}: local state in {} cannot be opened and is fetched again: {}",
          origin.job(),
          folder.root(),
          e.getMessage());
      return Optional.empty();
    }
    Optional<String> doubt = doubt(origin, database);
    if (doubt.isPresent()) {
      database.close();
      LOG.info(
          "Job {}: local state in {} is not used: {}", origin.job(), folder.root(), doubt.get());
      return Optional.empty();
    }
    return Optional.of(database);
  }

  private Optional<String> doubt(Origin origin, LocalDatabase database) throws IOException {
    CheckpointManifest manifest = origin.manifest().orElseThrow();
    if (!folder.isNothingBehind(manifest.checkpointId(), manifest.lineage())) {
      return Optional.of("it may have rows of a checkpoint that did not lead to what is restored");
    }
    try {
      return LocalTrust.doubt(manifest, marks(database));
    } catch (RocksDBException | UncheckedIOException damaged) {
      return Optional.of(damaged.toString());
    }
  }

  private static Marks marks(LocalDatabase database) throws RocksDBException {
    return Marks.read(database.database(), database.marks());
  }

  private void start(Origin origin, LocalDatabase database, List<NamedFile> uploaded)
      throws IOException, RocksDBException {
    try {
      folder.clearLinks();
      RocksContext.removeFiles(folder.database());
      Marks marks = marks(database);
      database.columns().retainOnly(marks.columns(origin.writtenStages()));
      RocksBases bases = new RocksBases(origin, folder, database, uploaded, engine);
      context =
          Optional.of(
              new RocksContext(
                  database,
                  marks,
                  bases,
                  origin,
                  engine.io(),
                  new RowCache(engine.memory().rowCacheBytes()),
                  new AtomicLong(),
                  new AtomicLong()));
    } finally {
      if (context.isEmpty()) {
        database.close();
      }
    }
  }

  @Override
  public KeyedStateBackend backend(StateScope scope) {
    return new LayeredBackend(scope, new RocksBottomStore(context.orElseThrow(), scope));
  }

  @Override
  public SharedBases bases() {
    return context.orElseThrow().bases();
  }

  /** Rows stay where they are, in their key groups. */
  @Override
  public void handOver(Origin origin) {
    RocksContext before = context.orElseThrow();
    try {
      before.bases().handOver(origin.manifest().orElseThrow().checkpointId());
      context = Optional.of(before.from(origin, marks(before.local())));
    } catch (RocksDBException e) {
      throw RocksFailure.of("read the marks of " + folder.database(), e);
    }
  }

  int openHandles() {
    return handles.open();
  }

  /** What has failed may be damaged, and is not used again. */
  @Override
  public synchronized void close() {
    if (folder == null) {
      return;
    }
    try {
      closeDatabase();
      if (lock.isPresent()) {
        lock.get().close();
      } else {
        folder.remove();
      }
      folder = null;
      lock = Optional.empty();
    } catch (RocksDBException e) {
      throw RocksFailure.of("remove " + folder.root(), e);
    } catch (IOException e) {
      throw new StorageException("Tried to leave " + folder.root() + ": " + e + ". Remove it.", e);
    }
  }

  private void closeDatabase() throws IOException {
    if (context.isPresent()) {
      RocksContext open = context.get();
      context = Optional.empty();
      open.bases().close();
      open.local().close();
      if (RocksFailure.count() != failuresBefore) {
        folder.distrust();
      }
    }
  }

  /**
   * What the store works with.
   *
   * @param io runs what blocks
   * @param crashes told of each effect
   * @param failed told of what went wrong behind the tasks' backs
   * @param smallestBaseBytes below this much in files no new base is made
   * @param memory the most it may take
   */
  public record Engine(
      Executor io,
      CrashPoint.Hook crashes,
      Consumer<Throwable> failed,
      long smallestBaseBytes,
      StateMemory memory) {
    private static final long SMALLEST_BASE_BYTES = 16L << 20;

    /** With little memory. */
    public Engine(
        Executor io, CrashPoint.Hook crashes, Consumer<Throwable> failed, long smallestBaseBytes) {
      this(io, crashes, failed, smallestBaseBytes, StateMemory.SMALL);
    }

    /** The same with so much memory. */
    public Engine with(StateMemory other) {
      return new Engine(io, crashes, failed, smallestBaseBytes, other);
    }

    /** With the usual bound for bases, 16 MiB, and little memory. */
    public Engine(Executor io, CrashPoint.Hook crashes, Consumer<Throwable> failed) {
      this(io, crashes, failed, SMALLEST_BASE_BYTES);
    }
  }
}
