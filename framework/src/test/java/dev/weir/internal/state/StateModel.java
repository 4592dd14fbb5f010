package dev.weir.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.key.EntryKey;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.FileRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Does random things to a job's state and, in plain maps, to what it should be. */
final class StateModel {
  private static final int KEYS = 12;
  private static final long[] TIMES = {Long.MIN_VALUE, -3, -1, 0, 1, 2, 5, 8, Long.MAX_VALUE};

  private final Random random;
  private final StateJob job;
  private final int maxParallelism;
  private final Beside beside;
  private final Map<Long, Cut> cuts = new HashMap<>();
  private TreeMap<Long, Map<String, Long>> windows = new TreeMap<>();
  private Map<String, String> values = new HashMap<>();
  private Map<String, Long> numbers = new HashMap<>();
  private Map<String, NavigableMap<String, Long>> entries = new HashMap<>();
  private Cut completed =
      new Cut(-1, List.of(), new TreeMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
  private Cut written;
  private long nextId;

  StateModel(StateStore states, long seed, Beside beside) {
    this.random = new Random(seed);
    this.maxParallelism = 1 + random.nextInt(10);
    this.job = StateJob.withNumbers(states, maxParallelism);
    this.beside = beside;
    beside.begin(seed);
  }

  void run(int steps) throws Exception {
    try (job) {
      try {
        actAll(steps);
      } finally {
        beside.finish();
      }
    }
  }

  private void actAll(int steps) throws Exception {
    start();
    for (int step = 0; step < steps; step++) {
      act(random.nextInt(100));
    }
    checkAll();
    drain(Long.MAX_VALUE);
    checkAll();
  }

  private void act(int die) throws Exception {
    sink();
    if (die < 25) {
      count();
    } else if (die < 40) {
      putOrRemoveWindow();
    } else if (die < 49) {
      putOrRemoveValue();
    } else if (die < 55) {
      changeNumber();
    } else if (die < 69) {
      changeEntries(key());
    } else if (die < 72) {
      walk(key());
    } else if (die < 80) {
      check(key(), time());
    } else if (die < 84) {
      drain(time());
    } else if (die < 92) {
      checkpoint();
    } else if (die < 97) {
      complete();
    } else if (die < 98) {
      checkAll();
    } else if (die < 99) {
      rescale();
    } else {
      start();
    }
  }

  /** Some rows at a time, between all that a task does. */
  private void sink() {
    beside.turn();
    job.sink(random.nextInt(4));
  }

  private String key() {
    return "key-" + random.nextInt(KEYS);
  }

  private long time() {
    return TIMES[random.nextInt(TIMES.length)];
  }

  private void count() {
    String key = key();
    long time = time();
    long more = random.nextInt(1000);
    job.taskOf(key).count(time, key, more);
    windows.computeIfAbsent(time, absent -> new HashMap<>()).merge(key, more, Long::sum);
  }

  private void putOrRemoveWindow() {
    String key = key();
    long time = time();
    if (random.nextBoolean()) {
      long number = random.nextInt(1000);
      job.taskOf(key).windows.put(time, key, new Counter(number));
      windows.computeIfAbsent(time, absent -> new HashMap<>()).put(key, number);
    } else {
      job.taskOf(key).windows.remove(time, key);
      removeWindow(time, key);
    }
  }

  private void removeWindow(long time, String key) {
    Map<String, Long> rows = windows.getOrDefault(time, Map.of());
    if (rows.containsKey(key)) {
      rows.remove(key);
      if (rows.isEmpty()) {
        windows.remove(time);
      }
    }
  }

  private void putOrRemoveValue() {
    String key = key();
    if (random.nextInt(3) > 0) {
      String value = "x".repeat(random.nextInt(40)) + random.nextInt();
      job.taskOf(key).values.put(0, key, value);
      values.put(key, value);
    } else {
      job.taskOf(key).values.remove(0, key);
      values.remove(key);
    }
  }

  private void changeNumber() {
    String key = key();
    StateTable<String, Long> table = job.taskOf(key).numbers;
    int die = random.nextInt(3);
    if (die == 0) {
      table.remove(0, key);
      numbers.remove(key);
    } else if (die == 1) {
      long number = random.nextLong() >> random.nextInt(Long.SIZE);
      table.put(0, key, number);
      numbers.put(key, number);
    } else {
      table.update(0, key, 1L, (old, more) -> old == null ? 1 : old + more);
      numbers.merge(key, 1L, Long::sum);
    }
  }

  private String entry() {
    String entry = "";
    for (int i = random.nextInt(4); i > 0; i--) {
      entry += "\u0000a\u00ff".charAt(random.nextInt(3));
    }
    return entry;
  }

  private void changeEntries(String owner) {
    Entries table = job.taskOf(owner).entries;
    NavigableMap<String, Long> expected = entries.computeIfAbsent(owner, absent -> new TreeMap<>());
    String entry = entry();
    int die = random.nextInt(20);
    if (die < 9) {
      long number = random.nextInt(1000);
      table.put(owner, entry, number);
      expected.put(entry, number);
    } else if (die < 12) {
      table.count(owner, entry, 1);
      expected.merge(entry, 1L, Long::sum);
    } else if (die < 19) {
      table.remove(owner, entry);
      expected.remove(entry);
    } else {
      table.removeAll(owner);
      expected.clear();
    }
  }

  /** Walks over a range of entries while they change; each step goes to the next one there is. */
  private void walk(String owner) {
    NavigableMap<String, Long> expected = entries.computeIfAbsent(owner, absent -> new TreeMap<>());
    String from = entry();
    String end = random.nextBoolean() ? null : entry();
    StateTable.Scan<EntryKey<String>, Counter> scan =
        job.taskOf(owner).entries.scan(owner, from, end);
    boolean isInclusive = true;
    while (true) {
      Map.Entry<String, Long> next =
          isInclusive ? expected.ceilingEntry(from) : expected.higherEntry(from);
      boolean isMore = next != null && (end == null || next.getKey().compareTo(end) < 0);
      assertThat(scan.next()).as("an entry behind %s", from).isEqualTo(isMore);
      if (!isMore) {
        return;
      }
      assertThat(Entries.entryOf(scan)).isEqualTo(next.getKey());
      assertThat(scan.value().count).isEqualTo(next.getValue());
      from = next.getKey();
      isInclusive = false;
      if (random.nextInt(4) == 0) {
        changeEntries(owner);
      }
    }
  }

  private void drain(long bound) throws Exception {
    for (StateJob.Task task : job.tasks) {
      long[] last = {Long.MIN_VALUE};
      task.windows.drainUpTo(
          bound,
          (time, key, counter) -> {
            Map<String, Long> due = windows.getOrDefault(time, Map.of());
            assertThat(counter.count).as("%s %s", time, key).isEqualTo(due.get(key));
            assertThat(time).isLessThanOrEqualTo(bound);
            last[0] = time;
            removeWindow(time, key);
            counter.count = -1;
            meddle(key, time);
          });
    }
    assertThat(windows.headMap(bound, true)).as("rows that were not shown").isEmpty();
  }

  /** What visitors may do: look, add, remove, on the shown key or others of the task. */
  private void meddle(String shown, long time) {
    if (random.nextInt(4) > 0) {
      return;
    }
    String other = key();
    if (job.taskOf(other) == job.taskOf(shown)) {
      check(other, time);
      check(shown, time);
      long otherTime = random.nextBoolean() ? time : time();
      if (random.nextInt(3) == 0) {
        job.taskOf(other).count(otherTime, other, 7);
        windows.computeIfAbsent(otherTime, absent -> new HashMap<>()).merge(other, 7L, Long::sum);
      } else {
        job.taskOf(other).windows.remove(otherTime, other);
        removeWindow(otherTime, other);
      }
    }
  }

  private void check(String key, long time) {
    beside.turn();
    StateJob.Task task = job.taskOf(key);
    assertThat(task.countOf(time, key))
        .as("%s %s", time, key)
        .isEqualTo(windows.getOrDefault(time, Map.of()).get(key));
    assertThat(task.values.get(0, key)).as("value of %s", key).isEqualTo(values.get(key));
    assertThat(task.numbers.get(0, key)).as("number of %s", key).isEqualTo(numbers.get(key));
  }

  private void checkAll() {
    for (int i = 0; i < KEYS; i++) {
      for (long time : TIMES) {
        check("key-" + i, time);
      }
    }
    for (int i = 0; i < KEYS; i++) {
      checkEntries("key-" + i);
    }
    for (StateJob.Task task : job.tasks) {
      assertThat(task.windows.earliestTime()).isEqualTo(earliestOf(task));
      assertThat(task.values.earliestTime()).isEqualTo(earliestOf(task, values));
      assertThat(task.numbers.earliestTime()).isEqualTo(earliestOf(task, numbers));
    }
  }

  private long earliestOf(StateJob.Task task, Map<String, ?> rows) {
    return rows.keySet().stream().anyMatch(key -> job.taskOf(key) == task) ? 0 : Long.MAX_VALUE;
  }

  private void checkEntries(String owner) {
    Entries table = job.taskOf(owner).entries;
    Map<String, Long> expected = entries.getOrDefault(owner, new TreeMap<>());
    List<String> rows = new ArrayList<>();
    expected.forEach((entry, number) -> rows.add(entry + "=" + number));
    assertThat(table.of(owner)).as("entries of %s", owner).isEqualTo(rows);
    String entry = entry();
    assertThat(table.get(owner, entry)).isEqualTo(expected.get(entry));
  }

  private long earliestOf(StateJob.Task task) {
    return windows.entrySet().stream()
        .filter(rows -> rows.getValue().keySet().stream().anyMatch(k -> job.taskOf(k) == task))
        .mapToLong(Map.Entry::getKey)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Freezes, and writes on another thread while this one goes on changing the state. */
  private void checkpoint() throws InterruptedException, ExecutionException {
    long id = nextId++;
    List<KeyedStateBackend.FrozenState> frozen = job.freeze(id);
    Cut then = cut(id, List.of());
    Future<List<List<FileRef>>> parts =
        CompletableFuture.supplyAsync(() -> job.write(frozen), beside);
    for (int i = random.nextInt(10); i > 0; i--) {
      count();
      putOrRemoveValue();
      changeNumber();
      changeEntries(key());
      walk(key());
      sink();
      if (written != null && random.nextInt(4) == 0) {
        complete();
      }
    }
    beside.await(parts);
    written = then.with(parts.get());
  }

  /** All that there is now. */
  private Cut cut(long id, List<List<FileRef>> parts) {
    TreeMap<Long, Map<String, Long>> windowsNow = new TreeMap<>();
    windows.forEach((time, rows) -> windowsNow.put(time, new HashMap<>(rows)));
    return new Cut(
        id, parts, windowsNow, new HashMap<>(values), new HashMap<>(numbers), copyOf(entries));
  }

  private static Map<String, NavigableMap<String, Long>> copyOf(
      Map<String, NavigableMap<String, Long>> entries) {
    Map<String, NavigableMap<String, Long>> copy = new HashMap<>();
    entries.forEach(
        (owner, rows) -> {
          if (!rows.isEmpty()) {
            copy.put(owner, new TreeMap<>(rows));
          }
        });
    return copy;
  }

  private void complete() {
    if (written != null) {
      job.completedOnly(written.id);
      completed = written;
      cuts.put(written.id, written);
      written = null;
      if (random.nextInt(3) == 0) {
        job.retain(2);
        checkRetained();
      }
    }
  }

  /** After every removal, what is retained is still there in full. */
  private void checkRetained() {
    for (CheckpointManifest manifest : job.retained()) {
      Cut cut = cuts.get(manifest.checkpointId());
      try {
        StateJob.Loaded loaded = job.load(manifest);
        assertThat(loaded.windows()).as("windows of %s", cut.id).isEqualTo(cut.windows);
        assertThat(loaded.values()).as("values of %s", cut.id).isEqualTo(cut.values);
        assertThat(loaded.numbers()).as("numbers of %s", cut.id).isEqualTo(cut.numbers);
        assertThat(loaded.entries()).as("entries of %s", cut.id).isEqualTo(cut.entries);
      } catch (Exception e) {
        throw new AssertionError("Checkpoint " + cut.id + " cannot be loaded: " + e, e);
      }
    }
  }

  /** Dies and comes back from the last completed checkpoint, at any parallelism. */
  private void start() {
    beside.finish();
    job.start(1 + random.nextInt(maxParallelism), new ArrayList<>(completed.parts));
    windows = new TreeMap<>();
    completed.windows.forEach((time, rows) -> windows.put(time, new HashMap<>(rows)));
    values = new HashMap<>(completed.values);
    numbers = new HashMap<>(completed.numbers);
    entries = copyOf(completed.entries);
    written = null;
    checkAll();
  }

  /** A checkpoint behind which nothing is done, and other tasks go on. */
  private void rescale() {
    complete();
    long id = nextId++;
    List<List<FileRef>> parts = job.write(job.freeze(id));
    written = cut(id, parts);
    complete();
    beside.finish();
    job.handOver(1 + random.nextInt(maxParallelism), parts);
    checkAll();
  }

  private record Cut(
      long id,
      List<List<FileRef>> parts,
      TreeMap<Long, Map<String, Long>> windows,
      Map<String, String> values,
      Map<String, Long> numbers,
      Map<String, NavigableMap<String, Long>> entries) {
    Cut with(List<List<FileRef>> files) {
      return new Cut(id, files, windows, values, numbers, entries);
    }
  }
}
