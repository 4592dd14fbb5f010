package dev.weir.benchmarks.state;

import dev.weir.internal.key.CurrentKey;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FileSnapshotStore;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;
import dev.weir.internal.state.rocksdb.RocksStateStore;
import dev.weir.internal.state.rocksdb.StateMemory;
import dev.weir.job.SnapshotCompression;
import dev.weir.serde.TypeSerializers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * One task's state, handled as a task does it: turns of records, barriers whose state an I/O thread
 * writes to a folder, completions. Confined to one thread.
 */
final class MeasuredState implements AutoCloseable {
  static final int RECORDS_PER_TURN = 256;

  private static final String STAGE = "measured";
  private static final int MAX_PARALLELISM = 128;
  private static final long MOMENT_NANOS = 50_000;

  private final boolean isHeap;
  private final Path folder;
  private final StateMemory memory;
  private final CheckpointStore files;
  private final ExecutorService io = Executors.newCachedThreadPool();
  private final Set<FileRef> seen = new HashSet<>();
  private Lineage lineage = Lineage.NONE;
  private StateStore store;
  private KeyedStateBackend backend;
  private StateTable<Long, String> table;
  private Optional<CheckpointStore.RetainedManifest> newest = Optional.empty();
  private CompletableFuture<Written> writing;
  private Pauses pauses = new Pauses();
  private long attempt;
  private long nextId;

  MeasuredState(Path folder, boolean isHeap, StateMemory memory) {
    this(folder, isHeap, memory, SnapshotCompression.NONE);
  }

  MeasuredState(Path folder, boolean isHeap, StateMemory memory, SnapshotCompression compression) {
    this.folder = folder;
    this.isHeap = isHeap;
    this.memory = memory;
    Path root = folder.resolve("store");
    this.files =
        new CheckpointStore(
            new FileSnapshotStore(root, new FileDisk(), CrashPoint.Hook.NONE),
            root.toString(),
            CrashPoint.Hook.NONE,
            new CheckpointStore.Writing(0, compression));
    files.open(STAGE);
  }

  /** Goes on from the newest checkpoint. */
  void restore() {
    attempt++;
    Optional<CheckpointManifest> from = newest.map(CheckpointStore.RetainedManifest::manifest);
    lineage = lineage.with(new Lineage.Run(attempt, attempt, nextId));
    store = isHeap ? new HeapStateStore(RocksBaseRows::open) : rocks();
    store.begin(new StateStore.Origin(STAGE, lineage, from, files));
    backend = store.backend(StateScope.of(STAGE, 0, attempt, MAX_PARALLELISM, 1));
    table =
        backend.table(
            new TableDescriptor<>(
                "values", false, TypeSerializers.of(Long.class), TypeSerializers.of(String.class)));
    backend.restore(from.map(manifest -> manifest.stages().get(STAGE)).orElse(List.of()), files);
  }

  private StateStore rocks() {
    return RocksStateStore.in(
        folder.resolve("local"),
        new RocksStateStore.Engine(io, CrashPoint.Hook.NONE, Throwable::printStackTrace)
            .with(memory));
  }

  /** Gives the state up, as a stop does. */
  void leave() {
    backend.close();
    store.close();
  }

  /** From now on durations go there. */
  void measure(Pauses measured) {
    pauses = measured;
  }

  String get(Long key) {
    return table.get(0, key);
  }

  void put(Long key, String value) {
    table.put(0, key, value);
  }

  /** Reads and sets some keys, in one turn. */
  void turn(Keys keys, Supplier<String> values) {
    Durations.Start start = Durations.Start.now();
    boolean isDuring = isWriting();
    Long[] expected = new Long[RECORDS_PER_TURN];
    CurrentKey<Long> current = new CurrentKey<>();
    Arrays.setAll(expected, i -> keys.next());
    current.expect(expected);
    table.expect(current);
    for (Long key : expected) {
      table.get(0, key);
      table.put(0, key, values.get());
    }
    isDuring |= backend.sinkSome();
    (isDuring ? pauses.during : pauses.between).add(start);
    hear();
    if (backend.wantsCheckpoint() && !isWriting()) {
      barrier();
    }
    waitForRoom();
  }

  private void waitForRoom() {
    Durations.Start start = Durations.Start.now();
    boolean hasWaited = false;
    while (backend.isFull()) {
      hasWaited = true;
      LockSupport.parkNanos(MOMENT_NANOS);
      hear();
    }
    if (hasWaited) {
      pauses.during.add(start);
    }
  }

  boolean isWriting() {
    return writing != null;
  }

  /** Cuts the state, and has it written. */
  void barrier() {
    long id = nextId++;
    Durations.Start start = Durations.Start.now();
    KeyedStateBackend.FrozenState frozen = backend.freeze(id);
    pauses.barriers.add(start);
    writing = CompletableFuture.supplyAsync(() -> write(id, frozen), io);
  }

  private Written write(long id, KeyedStateBackend.FrozenState frozen) {
    long start = System.nanoTime();
    StatePack pack = files.pack(id, attempt, 1);
    List<FileRef> written = frozen.write(pack);
    pack.done().toCompletableFuture().join();
    Map<String, List<StagePart>> stages =
        Map.of(STAGE, List.of(new StagePart(0, new byte[0], written)));
    Optional<SharedBase> base = store.bases().newest();
    CheckpointManifest manifest =
        new CheckpointManifest(
            STAGE,
            id,
            attempt,
            MAX_PARALLELISM,
            lineage,
            base.map(shared -> shared.below(stages)).orElse(stages),
            base);
    FileRef file = files.writeManifest(manifest);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return new Written(new CheckpointStore.RetainedManifest(file, manifest), millis);
  }

  /** Hears of a checkpoint that is durable. */
  private Optional<Written> hear() {
    if (writing == null || !writing.isDone()) {
      return Optional.empty();
    }
    Written written = writing.join();
    writing = null;
    Durations.Start start = Durations.Start.now();
    backend.completed(written.manifest().checkpointId());
    pauses.completions.add(start);
    store.bases().completed(written.manifest());
    newest = Optional.of(written.retained());
    io.execute(() -> files.retainOnly(List.of(written.retained()), attempt));
    return Optional.of(written);
  }

  /** Waits until the checkpoint under way is completed, and has sunk if that is the task's work. */
  Cost settle() {
    Optional<Written> written = hear();
    while (written.isEmpty()) {
      LockSupport.parkNanos(MOMENT_NANOS);
      written = hear();
    }
    Durations.Start start = Durations.Start.now();
    while (backend.sinkSome()) {
      pauses.during.add(start);
      start = Durations.Start.now();
    }
    CheckpointManifest manifest = written.get().manifest();
    long own =
        written.get().retained().file().bytes()
            + newBytes(manifest.stages().get(STAGE).get(0).files());
    List<FileRef> shared =
        manifest.base().map(SharedBase::files).orElse(List.of()).stream()
            .map(SharedBase.NamedFile::file)
            .toList();
    return new Cost(own, newBytes(shared), written.get().millis());
  }

  private long newBytes(List<FileRef> named) {
    return named.stream().filter(seen::add).mapToLong(FileRef::bytes).sum();
  }

  @Override
  public void close() {
    leave();
    io.shutdown();
  }

  /** Gives keys. */
  @FunctionalInterface
  interface Keys {
    long next();
  }

  /** What a checkpoint cost: bytes of its own files, new bytes of its base, time to be durable. */
  record Cost(long ownBytes, long baseBytes, long millis) {}

  private record Written(CheckpointStore.RetainedManifest retained, long millis) {
    CheckpointManifest manifest() {
      return retained.manifest();
    }
  }
}
