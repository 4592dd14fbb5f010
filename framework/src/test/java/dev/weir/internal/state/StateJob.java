package dev.weir.internal.state;

import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.key.EntryKey;
import dev.weir.internal.key.EntryKeySerializer;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.CheckpointStore.RetainedManifest;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FileSnapshotStore;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.LossyDisk;
import dev.weir.internal.snapshot.SavepointCopy;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;
import dev.weir.job.SnapshotCompression;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A stage with keyed state in a number of tasks, driven by hand as the engine would. */
public final class StateJob implements AutoCloseable {
  public static final Path ROOT = Path.of("/job");

  private static final String STAGE = "count";
  private static final AtomicLong ATTEMPTS = new AtomicLong();

  static final TypeSerializer<String> STRINGS = TypeSerializers.of(String.class);
  private static final TypeSerializer<Counter> COUNTERS =
      new PassingSerializer<>(new Counter.Serializer());
  static final TableDescriptor<String, Counter> WINDOWS =
      new TableDescriptor<>("windows", true, STRINGS, COUNTERS);
  static final TableDescriptor<String, String> VALUES =
      new TableDescriptor<>("values", false, STRINGS, new PassingSerializer<>(STRINGS));
  static final TableDescriptor<String, Long> NUMBERS =
      new TableDescriptor<>("numbers", false, STRINGS, TypeSerializers.of(Long.class));
  static final TableDescriptor<EntryKey<String>, Counter> ENTRIES =
      new TableDescriptor<>("entries", false, new EntryKeySerializer<>(STRINGS, STRINGS), COUNTERS);

  final LossyDisk disk = new LossyDisk(ROOT);
  CheckpointStore snapshots;
  final List<Task> tasks = new ArrayList<>();
  private final StateStore states;
  private final int maxParallelism;
  private final Map<List<List<FileRef>>, CheckpointManifest> manifests = new HashMap<>();
  private final Kept kept;
  private long attempt;
  private Lineage lineage = Lineage.NONE;
  private volatile long frozenId;
  private final Deque<RetainedManifest> retained = new ConcurrentLinkedDeque<>();
  private final Map<Long, RetainedManifest> pending = new ConcurrentHashMap<>();

  public StateJob(StateStore states, int maxParallelism) {
    this(states, maxParallelism, CrashPoint.Hook.NONE, Kept.ENTRIES);
  }

  /** A job whose store dies where it is told to. */
  public StateJob(StateStore states, int maxParallelism, CrashPoint.Hook crashes) {
    this(states, maxParallelism, crashes, Kept.ENTRIES);
  }

  static StateJob withoutEntries(StateStore states, int maxParallelism) {
    return new StateJob(states, maxParallelism, CrashPoint.Hook.NONE, Kept.NO_ENTRIES);
  }

  /** A job that keeps, besides, values that the heap has in their rows. */
  static StateJob withNumbers(StateStore states, int maxParallelism) {
    return new StateJob(states, maxParallelism, CrashPoint.Hook.NONE, Kept.NUMBERS);
  }

  private StateJob(StateStore states, int maxParallelism, CrashPoint.Hook crashes, Kept kept) {
    this.states = states;
    this.maxParallelism = maxParallelism;
    this.kept = kept;
    this.snapshots = FolderStores.in(ROOT, disk, crashes);
    snapshots.open("job");
  }

  /** Packs what is written from the next start on. */
  void compress(SnapshotCompression compression) {
    snapshots = FolderStores.in(ROOT, disk, compression);
    snapshots.open("job");
  }

  /** Begins a new attempt with this parallelism from these parts. */
  public void start(int parallelism, List<List<FileRef>> parts) {
    closeTasks();
    attempt = ATTEMPTS.incrementAndGet();
    Optional<CheckpointManifest> restored =
        parts.isEmpty() ? Optional.empty() : Optional.of(manifestOf(parts));
    lineage =
        restored
            .map(CheckpointManifest::lineage)
            .orElse(Lineage.NONE)
            .with(
                new Lineage.Run(
                    attempt, attempt, restored.map(m -> m.checkpointId() + 1).orElse(0L)));
    states.begin(new StateStore.Origin("job", lineage, restored, snapshots));
    List<StagePart> stage =
        restored.map(manifest -> manifest.stages().get(STAGE)).orElse(List.of());
    for (int subtask = 0; subtask < parallelism; subtask++) {
      tasks.add(new Task(subtask, parallelism, stage));
    }
  }

  /** Others go on with what the tasks keep, which is this completed checkpoint. */
  void handOver(int parallelism, List<List<FileRef>> parts) {
    CheckpointManifest manifest = manifestOf(parts);
    tasks.forEach(task -> task.backend.settle());
    tasks.forEach(task -> task.backend.close());
    tasks.clear();
    states.handOver(new StateStore.Origin("job", lineage, Optional.of(manifest), snapshots));
    for (int subtask = 0; subtask < parallelism; subtask++) {
      tasks.add(new Task(subtask, parallelism, manifest.stages().get(STAGE)));
    }
  }

  /** What was written with these parts, or else parts without a base. */
  private CheckpointManifest manifestOf(List<List<FileRef>> parts) {
    long id = parts.stream().flatMap(List::stream).mapToLong(FileRef::checkpointId).max().orElse(0);
    return manifests.getOrDefault(
        parts,
        new CheckpointManifest(
            "job",
            id,
            attempt,
            maxParallelism,
            Lineage.NONE.with(new Lineage.Run(0, 0, 0)),
            Map.of(STAGE, parts(parts)),
            Optional.empty()));
  }

  public Task task(int subtask) {
    return tasks.get(subtask);
  }

  /** Adds to a number that is kept as a text. */
  public void count(String key, int more) {
    taskOf(key).values.put(0, key, String.valueOf(valueOf(key) + more));
  }

  /** A number that is kept as a text. */
  public int valueOf(String key) {
    String value = taskOf(key).values.get(0, key);
    return value == null ? 0 : Integer.parseInt(value);
  }

  public Task taskOf(String key) {
    int group = KeyGroups.ofHash(key.hashCode(), maxParallelism);
    return tasks.get(KeyGroups.subtaskOf(group, maxParallelism, tasks.size()));
  }

  /** Takes a checkpoint and completes it. */
  public List<List<FileRef>> checkpoint(long id) {
    List<List<FileRef>> parts = write(freeze(id));
    completed(id);
    return parts;
  }

  public List<KeyedStateBackend.FrozenState> freeze(long id) {
    frozenId = id;
    return tasks.stream().map(task -> task.backend.freeze(id)).toList();
  }

  public List<List<FileRef>> write(List<KeyedStateBackend.FrozenState> frozen) {
    StatePack pack = snapshots.pack(frozenId, attempt, 1);
    List<List<FileRef>> parts = frozen.stream().map(cut -> cut.write(pack)).toList();
    pack.done().toCompletableFuture().join();
    Map<String, List<StagePart>> stages = Map.of(STAGE, parts(parts));
    Optional<SharedBase> base = states.bases().newest();
    CheckpointManifest written =
        new CheckpointManifest(
            "job",
            frozenId,
            attempt,
            maxParallelism,
            lineage,
            base.map(shared -> shared.below(stages)).orElse(stages),
            base);
    pending.put(frozenId, new RetainedManifest(snapshots.writeManifest(written), written));
    manifests.put(parts, written);
    return parts;
  }

  /** Forgets all completed checkpoints but the newest, and removes their files. */
  public void retain(int count) {
    while (retained.size() > count) {
      retained.removeFirst();
    }
    if (!retained.isEmpty()) {
      snapshots.retainOnly(List.copyOf(retained), attempt);
    }
  }

  /** The manifests that {@link #retain} has left. */
  public List<CheckpointManifest> retained() {
    return retained.stream().map(RetainedManifest::manifest).toList();
  }

  /** Writes a checkpoint of this job to a store of its own. */
  public void save(CheckpointManifest manifest, SnapshotStore to) {
    new SavepointCopy(objects(), to, "savepoint", CrashPoint.Hook.NONE).exportAll(manifest, 0);
  }

  /** Takes over a checkpoint from another store; gives its parts, to be started from. */
  public List<List<FileRef>> imported(SnapshotStore from, String name) {
    CheckpointManifest saved =
        new CheckpointStore(from, name, CrashPoint.Hook.NONE)
            .readManifest(CheckpointStore.fileOf(SavepointCopy.read(from, name)));
    LedgerEntry entry =
        new SavepointCopy(from, objects(), name, CrashPoint.Hook.NONE)
            .importAll(saved, "job", attempt + 1);
    CheckpointManifest own = snapshots.readManifest(CheckpointStore.fileOf(entry));
    List<List<FileRef>> parts = own.stages().get(STAGE).stream().map(StagePart::files).toList();
    manifests.put(parts, own);
    return parts;
  }

  private SnapshotStore objects() {
    return new FileSnapshotStore(ROOT, disk, CrashPoint.Hook.NONE);
  }

  /** Reads a checkpoint in full, with nothing but its files. */
  public Loaded load(CheckpointManifest manifest) throws Exception {
    try (StateStore heap = new HeapStateStore(RocksBaseRows::open)) {
      Lineage next = manifest.lineage().with(new Lineage.Run(0, 0, manifest.checkpointId() + 1));
      heap.begin(new StateStore.Origin("job", next, Optional.of(manifest), snapshots));
      try (KeyedStateBackend backend =
          heap.backend(StateScope.of(STAGE, 0, 0, maxParallelism, 1))) {
        StateTable<String, Counter> windows = backend.table(WINDOWS);
        StateTable<String, String> values = backend.table(VALUES);
        StateTable<String, Long> numbers = backend.table(NUMBERS);
        StateTable<EntryKey<String>, Counter> entries = backend.table(ENTRIES);
        backend.restore(manifest.stages().get(STAGE), snapshots);
        return new Loaded(
            Loaded.counts(windows),
            Loaded.all(values),
            Loaded.all(numbers),
            Loaded.entries(entries));
      }
    }
  }

  /** Everything in a checkpoint; entries by owner and entry. */
  public record Loaded(
      Map<Long, Map<String, Long>> windows,
      Map<String, String> values,
      Map<String, Long> numbers,
      Map<String, Map<String, Long>> entries) {
    private static Map<Long, Map<String, Long>> counts(StateTable<String, Counter> windows)
        throws Exception {
      Map<Long, Map<String, Long>> counts = new HashMap<>();
      windows.drainUpTo(
          Long.MAX_VALUE,
          (time, key, counter) ->
              counts.computeIfAbsent(time, absent -> new HashMap<>()).put(key, counter.count));
      return counts;
    }

    private static <V> Map<String, V> all(StateTable<String, V> table) throws Exception {
      Map<String, V> all = new HashMap<>();
      table.drainUpTo(0, (time, key, value) -> all.put(key, value));
      return all;
    }

    private static Map<String, Map<String, Long>> entries(
        StateTable<EntryKey<String>, Counter> table) {
      Map<String, Map<String, Long>> entries = new HashMap<>();
      try (RowCursor<EntryKey<String>, Counter> rows = table.walk()) {
        while (rows.next()) {
          entries
              .computeIfAbsent(rows.key().owner(), absent -> new HashMap<>())
              .put(Entries.entryOf(rows.key()), rows.value().count);
        }
      }
      return entries;
    }
  }

  /** Completes a checkpoint; what may sink sinks at once. */
  public void completed(long id) {
    completedOnly(id);
    boolean isSinking = true;
    while (isSinking) {
      isSinking = tasks.stream().map(task -> task.backend.sinkSome()).toList().contains(true);
    }
  }

  /** Lets each task bring so many rows down. */
  void sink(int rows) {
    tasks.forEach(task -> ((LayeredBackend) task.backend).sinkSome(rows));
  }

  /** Completes a checkpoint, and nothing sinks but by {@link #sink} or in the background. */
  void completedOnly(long id) {
    tasks.forEach(task -> task.backend.completed(id));
    RetainedManifest completed = pending.remove(id);
    if (completed != null) {
      retained.addLast(completed);
      states.bases().completed(completed.manifest());
    }
  }

  /** A file's bytes. */
  public byte[] bytesOf(FileRef file) {
    byte[] object = disk.bytes(ROOT.resolve(file.location()));
    int offset = (int) file.offset();
    return Arrays.copyOfRange(object, offset, offset + (int) file.bytes());
  }

  void tamper(FileRef file, byte[] bytes) {
    disk.tamper(ROOT.resolve(file.location()), bytes);
  }

  public void remove(FileRef file) {
    try {
      disk.delete(ROOT.resolve(file.location()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<StagePart> parts(List<List<FileRef>> files) {
    return IntStream.range(0, files.size())
        .mapToObj(subtask -> new StagePart(subtask, new byte[0], files.get(subtask)))
        .toList();
  }

  private void closeTasks() {
    tasks.forEach(task -> task.backend.close());
    tasks.clear();
    states.close();
  }

  @Override
  public void close() {
    closeTasks();
  }

  /** Which tables there are besides windows and values. */
  private enum Kept {
    NO_ENTRIES,
    ENTRIES,
    NUMBERS
  }

  /** One task's state. */
  public final class Task {
    public final KeyedStateBackend backend;
    public final StateTable<String, Counter> windows;
    public final StateTable<String, String> values;
    final StateTable<String, Long> numbers;
    public final Entries entries;

    private Task(int subtask, int parallelism, List<StagePart> parts) {
      backend = states.backend(StateScope.of(STAGE, subtask, attempt, maxParallelism, parallelism));
      windows = backend.table(WINDOWS);
      values = backend.table(VALUES);
      numbers = kept == Kept.NUMBERS ? backend.table(NUMBERS) : null;
      entries = kept == Kept.NO_ENTRIES ? null : new Entries(backend.table(ENTRIES));
      restore(parts);
    }

    private void restore(List<StagePart> parts) {
      try {
        backend.restore(parts, snapshots);
      } catch (RuntimeException e) {
        backend.close();
        throw e;
      }
    }

    /** Shows and removes all windows up to a bound. */
    public List<String> drained(long bound) throws Exception {
      List<String> rows = new ArrayList<>();
      windows.drainUpTo(
          bound, (time, key, value) -> rows.add(time + " " + key + "=" + value.count));
      return rows;
    }

    /** Adds to the counter of a window. */
    public void count(long time, String key, long more) {
      windows.update(time, key, more, Counter::plus);
    }

    Long countOf(long time, String key) {
      Counter counter = windows.get(time, key);
      return counter == null ? null : counter.count;
    }
  }

  static List<String> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
  }
}
