package dev.weir.internal.state.kind;

import dev.weir.function.AggregateFunction;
import dev.weir.function.Aggregates;
import dev.weir.function.AggregatingStateDescriptor;
import dev.weir.function.ReducingStateDescriptor;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.LossyDisk;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.RowCursor;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.internal.time.TimerQueue;
import dev.weir.job.ReadLevel;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import dev.weir.state.ListStateDescriptor;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.SortedMapStateDescriptor;
import dev.weir.state.StateTtl;
import dev.weir.state.ValueStateDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A stage with every kind of state in a number of tasks, driven by hand as the engine would. */
final class KindsJob implements AutoCloseable {
  private static final Path ROOT = Path.of("/job");
  private static final String STAGE = "kinds";
  private static final AtomicLong ATTEMPTS = new AtomicLong();
  private static final TypeSerializer<Integer> KEYS = TypeSerializers.of(Integer.class);

  final ManualClock clock = new ManualClock();
  final List<Task> tasks = new ArrayList<>();
  final ValueStateDescriptor<String> value;
  final ListStateDescriptor<String> list;
  final MapStateDescriptor<String, Long> map;
  final SortedMapStateDescriptor<Long, String> sorted;
  final ReducingStateDescriptor<Long> reducing;
  final AggregatingStateDescriptor<Long, ?, Long> aggregating;
  private final CheckpointStore snapshots = FolderStores.in(ROOT, new LossyDisk(ROOT));
  private final StateStore states;
  private final int maxParallelism;
  private final Map<List<List<FileRef>>, CheckpointManifest> manifests = new HashMap<>();
  private Lineage lineage = Lineage.NONE;
  private long attempt;

  KindsJob(StateStore states, int maxParallelism, StateTtl ttl) {
    this.states = states;
    this.maxParallelism = maxParallelism;
    this.value = ValueStateDescriptor.of("value", String.class).withTtl(ttl);
    this.list = ListStateDescriptor.of("list", String.class).withTtl(ttl);
    this.map = MapStateDescriptor.of("map", String.class, Long.class).withTtl(ttl);
    this.sorted = SortedMapStateDescriptor.of("sorted", Long.class, String.class).withTtl(ttl);
    this.reducing = ReducingStateDescriptor.of("reducing", Long::sum, Long.class).withTtl(ttl);
    this.aggregating = summing(Aggregates.summingLong((Long number) -> number)).withTtl(ttl);
    snapshots.open("job");
  }

  private static <A> AggregatingStateDescriptor<Long, A, Long> summing(
      AggregateFunction<Long, A, Long> function) {
    return new AggregatingStateDescriptor<>("aggregating", function);
  }

  void start(int parallelism, List<List<FileRef>> parts) {
    close();
    attempt = ATTEMPTS.incrementAndGet();
    Optional<CheckpointManifest> restored = Optional.ofNullable(manifests.get(parts));
    long next = restored.map(manifest -> manifest.checkpointId() + 1).orElse(0L);
    lineage =
        restored
            .map(CheckpointManifest::lineage)
            .orElse(Lineage.NONE)
            .with(new Lineage.Run(attempt, attempt, next));
    states.begin(new StateStore.Origin("job", lineage, restored, snapshots));
    List<StagePart> stage =
        restored.map(manifest -> manifest.stages().get(STAGE)).orElse(List.of());
    for (int subtask = 0; subtask < parallelism; subtask++) {
      tasks.add(
          new Task(StateScope.of(STAGE, subtask, attempt, maxParallelism, parallelism), stage));
    }
  }

  int keyGroup(int key) {
    return KeyGroups.ofHash(Integer.hashCode(key), maxParallelism);
  }

  /** The owner of a key, which is now its current key. */
  Task at(int key) {
    Task task = tasks.get(KeyGroups.subtaskOf(keyGroup(key), maxParallelism, tasks.size()));
    task.states.begin(key);
    return task;
  }

  List<List<FileRef>> checkpoint(long id) {
    List<List<FileRef>> parts = new ArrayList<>();
    List<KeyedStateBackend.FrozenState> frozen =
        tasks.stream().map(task -> task.backend.freeze(id)).toList();
    StatePack pack = snapshots.pack(id, attempt, 1);
    frozen.forEach(cut -> parts.add(cut.write(pack)));
    pack.done().toCompletableFuture().join();
    CheckpointManifest manifest = manifest(id, parts);
    manifests.put(parts, manifest);
    tasks.forEach(task -> task.backend.completed(id));
    boolean isSinking = true;
    while (isSinking) {
      isSinking = tasks.stream().map(task -> task.backend.sinkSome()).toList().contains(true);
    }
    states.bases().completed(manifest);
    return parts;
  }

  private CheckpointManifest manifest(long id, List<List<FileRef>> parts) {
    List<StagePart> stage =
        IntStream.range(0, parts.size())
            .mapToObj(subtask -> new StagePart(subtask, new byte[0], parts.get(subtask)))
            .toList();
    Map<String, List<StagePart>> stages = Map.of(STAGE, stage);
    Optional<SharedBase> base = states.bases().newest();
    return new CheckpointManifest(
        "job",
        id,
        attempt,
        maxParallelism,
        lineage,
        base.map(shared -> shared.below(stages)).orElse(stages),
        base);
  }

  @Override
  public void close() {
    tasks.forEach(Task::close);
    tasks.clear();
    states.close();
  }

  /** One task's states and timers. */
  final class Task implements AutoCloseable {
    final StateScope scope;
    final KeyedStateBackend backend;
    final KeyedStates<Integer> states;
    final TimerQueue<Integer> timers;
    private final List<StateTable<?, ?>> tables = new ArrayList<>();

    private Task(StateScope scope, List<StagePart> parts) {
      this.scope = scope;
      backend = KindsJob.this.states.backend(scope);
      states = new KeyedStates<>("kinds", KEYS, new Remembering(), clock);
      List.of(value, list, map, sorted, reducing, aggregating).forEach(states::declare);
      timers = new TimerQueue<>("timers", backend, KEYS);
      backend.restore(parts, snapshots);
    }

    /** How many rows of states lie at the bottom, live or expired. */
    int rowsAtTheBottom() {
      return keyGroupsAtTheBottom().size();
    }

    /** The key group of each row of states that lies at the bottom, live or expired. */
    List<Integer> keyGroupsAtTheBottom() {
      List<Integer> groups = new ArrayList<>();
      for (StateTable<?, ?> table : tables) {
        try (RowCursor<?, ?> rows = table.walk()) {
          while (rows.next()) {
            groups.add(rows.keyGroup());
          }
        }
      }
      return groups;
    }

    @Override
    public void close() {
      states.close();
      backend.close();
    }

    /** Passes tables on and remembers them. */
    private final class Remembering implements KeyedStateBackend {
      @Override
      public <K, V> StateTable<K, V> table(TableDescriptor<K, V> descriptor) {
        StateTable<K, V> table = backend.table(descriptor);
        tables.add(table);
        return table;
      }

      @Override
      public Map<TableDescriptor<?, ?>, StateTable<?, ?>> view(ReadLevel level) {
        return backend.view(level);
      }

      @Override
      public void restore(List<StagePart> parts, CheckpointStore store) {
        throw new UnsupportedOperationException();
      }

      @Override
      public FrozenState freeze(long checkpointId) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void completed(long checkpointId) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void settle() {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean sinkSome() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {}
    }
  }
}
