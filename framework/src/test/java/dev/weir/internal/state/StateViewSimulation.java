package dev.weir.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.key.KeyBounds;
import dev.weir.internal.key.KeyPage;
import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;
import dev.weir.internal.state.rocksdb.RocksStateStore;
import dev.weir.job.KeyRange;
import dev.weir.job.ReadLevel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What queries see, in random programs, against plain maps. Replay one with {@code -Dseed=N}. */
class StateViewSimulation {
  private static final int STEPS = 1_000;
  private static final int KEYS = 6;

  @TempDir private Path directory;

  /** Everything that state holds: values by key, and counters by owner and entry. */
  private record Contents(Map<String, String> values, Map<String, TreeMap<String, Long>> entries) {
    static Contents empty() {
      return new Contents(new HashMap<>(), new HashMap<>());
    }

    Contents copy() {
      Contents copy = new Contents(new HashMap<>(values), new HashMap<>());
      entries.forEach((owner, map) -> copy.entries.put(owner, new TreeMap<>(map)));
      return copy;
    }

    TreeMap<String, Long> of(String owner) {
      return entries.computeIfAbsent(owner, absent -> new TreeMap<>());
    }
  }

  @Test
  void shouldShowWhatIsThereAndWhatIsCompletedOnTheHeap() {
    try (StateStore states = new HeapStateStore(RocksBaseRows::open)) {
      runAll(states, 30);
    }
  }

  @Test
  void shouldShowWhatIsThereAndWhatIsCompletedInRocksDb() {
    ExecutorService sinking = Executors.newFixedThreadPool(2);
    try (StateStore states =
        RocksStateStore.in(
            directory,
            new RocksStateStore.Engine(
                sinking,
                CrashPoint.Hook.NONE,
                failure -> {
                  throw new AssertionError(failure);
                },
                0))) {
      runAll(states, 5);
    } finally {
      sinking.shutdownNow();
    }
  }

  private void runAll(StateStore states, int programs) {
    Long only = Long.getLong("seed");
    long first = only == null ? System.nanoTime() : only;
    for (int i = 0; i < (only == null ? programs : 1); i++) {
      long seed = first + i;
      try (StateJob job = new StateJob(states, 8)) {
        job.start(1, List.of());
        run(job, new Random(seed));
      } catch (Exception | AssertionError e) {
        throw new AssertionError("Failed with -Dseed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void run(StateJob job, Random random) {
    StateJob.Task task = job.task(0);
    Contents live = Contents.empty();
    Contents committed = Contents.empty();
    Contents cut = null;
    long id = 0;
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(12) > 0) {
        change(task, live, random, step);
      } else if (cut == null) {
        id++;
        job.write(job.freeze(id));
        cut = live.copy();
      } else {
        job.completed(id);
        committed = cut;
        cut = null;
      }
      String key = "k" + random.nextInt(KEYS);
      compare(task, key, ReadLevel.LIVE, live);
      compare(task, key, ReadLevel.COMMITTED, committed);
      if (step % 10 == 0) {
        int limit = 1 + random.nextInt(KEYS);
        compareKeys(task, key, limit, ReadLevel.LIVE, live);
        compareKeys(task, key, limit, ReadLevel.COMMITTED, committed);
      }
    }
  }

  private static void change(StateJob.Task task, Contents live, Random random, long step) {
    String key = "k" + random.nextInt(KEYS);
    String entry = "e" + random.nextInt(20);
    switch (random.nextInt(7)) {
      case 0 -> {
        task.values.remove(0, key);
        live.values.remove(key);
      }
      case 1, 2 -> {
        task.values.put(0, key, "v" + step);
        live.values.put(key, "v" + step);
      }
      case 3 -> {
        task.entries.remove(key, entry);
        live.of(key).remove(entry);
      }
      case 4 -> {
        if (random.nextInt(4) == 0) {
          task.entries.removeAll(key);
          live.of(key).clear();
        }
      }
      default -> {
        task.entries.count(key, entry, step);
        live.of(key).merge(entry, step, Long::sum);
      }
    }
  }

  private static void compare(StateJob.Task task, String key, ReadLevel level, Contents expected) {
    Entries entries = new Entries(tableOf(task, level, StateJob.ENTRIES));

    assertThat(tableOf(task, level, StateJob.VALUES).get(0, key))
        .as("%s value of %s", level, key)
        .isEqualTo(expected.values.get(key));
    assertThat(entries.of(key))
        .as("%s entries of %s", level, key)
        .isEqualTo(shown(expected.of(key)));
    assertThat(entries.of(key, "e1", "e2"))
        .as("%s entries of %s that begin with e1", level, key)
        .isEqualTo(shown(expected.of(key).subMap("e1", "e2")));
    assertThat(entries.get(key, "e7")).isEqualTo(expected.of(key).get("e7"));
  }

  /** The first keys from one on; all are written in so many bytes that their order is natural. */
  private static void compareKeys(
      StateJob.Task task, String from, int limit, ReadLevel level, Contents expected) {
    KeyBounds bounds = KeyBounds.of(KeyRange.from(from), StateJob.STRINGS);
    KeyPage<String> page = tableOf(task, level, StateJob.VALUES).keys(bounds, limit, 0);

    assertThat(page.found().values())
        .as("%s keys from %s on", level, from)
        .containsExactlyElementsOf(
            new TreeMap<>(expected.values).tailMap(from).keySet().stream().limit(limit).toList());
    assertThat(page.nextKeyGroup()).isEqualTo(KeyPage.LAST);
  }

  @SuppressWarnings("unchecked") // A table has the types of its descriptor.
  private static <K, V> StateTable<K, V> tableOf(
      StateJob.Task task, ReadLevel level, TableDescriptor<K, V> descriptor) {
    return (StateTable<K, V>) task.backend.view(level).get(descriptor);
  }

  private static List<String> shown(Map<String, Long> entries) {
    return entries.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }
}
