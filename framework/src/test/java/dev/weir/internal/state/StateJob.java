package dev.weir.internal.state;

import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.internal.snapshot.LossyDisk;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A stage with keyed state in a number of tasks, driven by hand as the engine would. */
public final class StateJob implements AutoCloseable {
  public static final Path ROOT = Path.of("/job");

  private static final AtomicLong ATTEMPTS = new AtomicLong();

  static final TypeSerializer<String> STRINGS = TypeSerializers.of(String.class);
  static final TableDescriptor<String, Counter> WINDOWS =
      new TableDescriptor<>("windows", true, STRINGS, new Counter.Serializer());
  static final TableDescriptor<String, String> VALUES =
      new TableDescriptor<>("values", false, STRINGS, STRINGS);

  final LossyDisk disk = new LossyDisk(ROOT);
  final CheckpointStore snapshots = FolderStores.in(ROOT, disk);
  final List<Task> tasks = new ArrayList<>();
  private final StateStore states;
  private final int maxParallelism;
  private long attempt;
  private volatile long frozenId;

  public StateJob(StateStore states, int maxParallelism) {
    this.states = states;
    this.maxParallelism = maxParallelism;
    snapshots.open("job");
  }

  /** Begins a new attempt with this parallelism from these parts. */
  public void start(int parallelism, List<List<FileRef>> parts) {
    closeTasks();
    attempt = ATTEMPTS.incrementAndGet();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      tasks.add(new Task(subtask, parallelism, parts));
    }
  }

  public Task task(int subtask) {
    return tasks.get(subtask);
  }

  Task taskOf(String key) {
    int group = KeyGroups.ofHash(key.hashCode(), maxParallelism);
    return tasks.get(KeyGroups.subtaskOf(group, maxParallelism, tasks.size()));
  }

  /** Takes a checkpoint and completes it. */
  public List<List<FileRef>> checkpoint(long id) {
    List<List<FileRef>> parts = write(freeze(id));
    completed(id);
    return parts;
  }

  List<KeyedStateBackend.FrozenState> freeze(long id) {
    frozenId = id;
    return tasks.stream().map(task -> task.backend.freeze(id)).toList();
  }

  List<List<FileRef>> write(List<KeyedStateBackend.FrozenState> frozen) {
    StatePack pack = snapshots.pack(frozenId, attempt, 1);
    List<List<FileRef>> parts = frozen.stream().map(cut -> cut.write(pack)).toList();
    pack.done().toCompletableFuture().join();
    return parts;
  }

  public void completed(long id) {
    tasks.forEach(task -> task.backend.completed(id));
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

  void remove(FileRef file) {
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
  }

  @Override
  public void close() {
    closeTasks();
  }

  /** One task's state. */
  public final class Task {
    public final KeyedStateBackend backend;
    public final StateTable<String, Counter> windows;
    public final StateTable<String, String> values;

    private Task(int subtask, int parallelism, List<List<FileRef>> parts) {
      backend =
          states.backend(StateScope.of("count", subtask, attempt, maxParallelism, parallelism));
      windows = backend.table(WINDOWS);
      values = backend.table(VALUES);
      restore(parts);
    }

    private void restore(List<List<FileRef>> parts) {
      try {
        backend.restore(StateJob.parts(parts), snapshots);
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
      windows.update(time, key, old -> Counter.plus(old, more));
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
