package dev.weir.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.internal.key.CurrentKey;
import dev.weir.internal.snapshot.FileRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every kind of keyed state promises. */
public abstract class KeyedStateContract {
  StateStore states;
  StateJob job;
  StateJob.Task task;

  protected abstract StateStore openStore();

  @BeforeEach
  void openStates() {
    states = openStore();
    job = new StateJob(states, 8);
    job.start(1, List.of());
    task = job.task(0);
  }

  @AfterEach
  void closeStates() {
    job.close();
    states.close();
  }

  @Test
  void shouldKeepRowsByTimeAndKey() {
    task.count(1, "a", 5);
    task.count(1, "a", 2);
    task.count(2, "a", 1);
    task.values.put(0, "a", "x");
    task.values.remove(0, "absent");
    task.windows.remove(1, "absent");

    assertThat(task.countOf(1, "a")).isEqualTo(7);
    assertThat(task.countOf(2, "a")).isEqualTo(1);
    assertThat(task.countOf(1, "b")).isNull();
    assertThat(task.values.get(0, "a")).isEqualTo("x");
    assertThat(task.windows.earliestTime()).isEqualTo(1);
  }

  @Test
  void shouldSeeTheNewestValueInEveryLayer() {
    task.values.put(0, "bottom", "1");
    task.values.put(0, "removed", "1");
    job.checkpoint(1);
    task.values.put(0, "frozen", "2");
    task.values.remove(0, "removed");
    task.values.put(0, "both", "2");
    job.write(job.freeze(2));
    task.values.put(0, "both", "3");

    assertThat(task.values.get(0, "bottom")).isEqualTo("1");
    assertThat(task.values.get(0, "frozen")).isEqualTo("2");
    assertThat(task.values.get(0, "both")).isEqualTo("3");
    assertThat(task.values.get(0, "removed")).isNull();
    job.completed(2);

    assertThat(task.values.get(0, "removed")).isNull();
    assertThat(task.values.get(0, "frozen")).isEqualTo("2");
    assertThat(task.values.get(0, "both")).isEqualTo("3");
  }

  @Test
  void shouldGiveTheSameWhicheverKeysItExpected() {
    int many = 20_000;
    for (int i = 0; i < many; i++) {
      task.values.put(0, "key-" + i, "value-" + i);
    }
    job.checkpoint(1);
    task.values.remove(0, "key-1");

    CurrentKey<String> keys = new CurrentKey<>();
    keys.expect(new String[] {"key-0", "key-1", "absent", "key-0"});
    task.values.expect(keys);

    assertThat(task.values.get(0, "key-0")).isEqualTo("value-0");
    assertThat(task.values.get(0, "key-1")).isNull();
    assertThat(task.values.get(0, "absent")).isNull();
    assertThat(task.values.get(0, "key-" + (many - 1))).isEqualTo("value-" + (many - 1));
  }

  @Test
  void shouldGiveTheSameToKeysThatAreBegunInTheirBatch() {
    Random random = new Random(20);
    CurrentKey<String> current = new CurrentKey<>();
    Map<String, String> model = new HashMap<>();
    for (int batch = 1; batch <= 500; batch++) {
      // Equal keys are other objects, as those of records are.
      current.expect(random.ints(16, 0, 8).mapToObj(key -> "key-" + key).toArray(String[]::new));
      task.values.expect(current);
      while (current.beginNext()) {
        String key = current.get();
        assertThat(task.values.get(0, key)).isEqualTo(model.get(key));
        if (random.nextInt(3) == 0) {
          task.values.remove(0, key);
          model.remove(key);
        } else {
          task.values.put(0, key, "value-" + batch);
          model.put(key, "value-" + batch);
        }
        assertThat(task.values.get(0, key)).isEqualTo(model.get(key));
      }
      String last = current.get();
      if (batch % 3 == 0) {
        job.checkpoint(batch); // What was removed leaves the table.
      }
      task.values.put(0, new String(last), "late");
      model.put(last, "late");
      assertThat(task.values.get(0, last)).isEqualTo("late");
    }
  }

  @Test
  void shouldDrainInTheOrderOfTimeFromAllLayers() throws Exception {
    task.count(30, "a", 1);
    task.count(10, "a", 2);
    task.count(10, "gone", 9);
    job.checkpoint(1);
    task.count(20, "a", 3);
    task.count(10, "a", 4);
    task.windows.remove(10, "gone");
    job.write(job.freeze(2));
    task.count(20, "a", 5);
    task.count(-5, "b", 6);
    task.count(31, "late", 7);

    List<String> rows = task.drained(30);

    assertThat(rows).containsExactly("-5 b=6", "10 a=6", "20 a=8", "30 a=1");
    assertThat(task.windows.earliestTime()).isEqualTo(31);
    assertThat(task.countOf(30, "a")).isNull();
    assertThat(task.drained(30)).isEmpty();
    assertThat(task.drained(31)).containsExactly("31 late=7");
    assertThat(task.windows.earliestTime()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldNotShowDrainedRowsAgainAfterAnyBarrier() throws Exception {
    task.count(10, "a", 1);
    task.count(20, "a", 1);
    job.checkpoint(1);
    task.drained(10);
    task.count(10, "again", 2);

    List<List<FileRef>> parts = job.checkpoint(2);

    assertThat(task.countOf(10, "a")).isNull();
    assertThat(task.countOf(10, "again")).isEqualTo(2);
    job.start(1, parts);

    assertThat(job.task(0).drained(100)).containsExactly("10 again=2", "20 a=1");
  }

  @Test
  void shouldShowRowsThatTheVisitorAddsAndNotThoseItRemoves() throws Exception {
    for (String key : List.of("a", "b", "c")) {
      task.count(10, key, 1);
    }
    job.checkpoint(1);
    task.count(10, "d", 1);
    List<String> rows = new ArrayList<>();

    task.windows.drainUpTo(
        20,
        (time, key, value) -> {
          rows.add(time + " " + key + "=" + value.count);
          assertThat(task.countOf(time, key)).as("row being shown").isNull();
          if (rows.size() == 1) {
            removeOthersAndAdd(key);
          }
        });

    String first = rows.get(0).substring(3, 4);
    assertThat(rows)
        .containsExactlyInAnyOrder(
            "10 " + first + "=1", "10 " + first + "=5", "10 new=7", "5 early=8", "20 later=9");
    assertThat(rows.get(4)).isEqualTo("20 later=9");
    assertThat(task.countOf(21, "beyond")).isEqualTo(1);
    assertThat(task.windows.earliestTime()).isEqualTo(21);
  }

  private void removeOthersAndAdd(String shown) {
    for (String other : List.of("a", "b", "c", "d")) {
      if (!other.equals(shown)) {
        assertThat(task.countOf(10, other)).as("row to be shown").isEqualTo(1);
      }
      task.windows.remove(10, other);
    }
    task.count(10, shown, 5);
    task.count(10, "new", 7);
    task.count(5, "early", 8);
    task.count(20, "later", 9);
    task.count(21, "beyond", 1);
  }

  @Test
  void shouldKeepRowsAtTheEndsOfTime() throws Exception {
    task.count(Long.MIN_VALUE, "first", 1);
    task.count(Long.MAX_VALUE, "last", 2);
    List<List<FileRef>> parts = job.checkpoint(1);

    job.start(1, parts);
    task = job.task(0);

    assertThat(task.windows.earliestTime()).isEqualTo(Long.MIN_VALUE);
    assertThat(task.drained(Long.MIN_VALUE)).containsExactly("-9223372036854775808 first=1");
    assertThat(task.drained(Long.MAX_VALUE - 1)).isEmpty();
    assertThat(task.drained(Long.MAX_VALUE)).containsExactly("9223372036854775807 last=2");
    assertThat(job.checkpoint(2)).hasSize(1);
    assertThat(task.countOf(Long.MAX_VALUE, "last")).isNull();
  }

  @Test
  void shouldDrainTablesWithoutTimes() throws Exception {
    task.values.put(0, "a", "1");
    job.checkpoint(1);
    task.values.put(0, "b", "2");
    List<String> rows = new ArrayList<>();

    assertThat(task.values.earliestTime()).isZero();
    task.values.drainUpTo(-1, (time, key, value) -> rows.add(key));
    assertThat(rows).isEmpty();
    task.values.drainUpTo(0, (time, key, value) -> rows.add(key + value));

    assertThat(rows).containsExactlyInAnyOrder("a1", "b2");
    assertThat(task.values.earliestTime()).isEqualTo(Long.MAX_VALUE);
    List<List<FileRef>> parts = job.checkpoint(2);
    job.start(1, parts);
    assertThat(job.task(0).values.get(0, "a")).isNull();
  }

  @Tag("S44")
  @Test
  void shouldWriteTheStateOfTheBarrierWhateverHappensMeanwhile() throws Exception {
    ExecutorService io = Executors.newSingleThreadExecutor();
    try {
      List<String> keys = StateJob.keys(2_000);
      List<List<FileRef>> parts = List.of();
      for (long id = 1; id <= 20; id++) {
        countAll(keys, 1);
        List<KeyedStateBackend.FrozenState> frozen = job.freeze(id);
        Future<List<List<FileRef>>> written = io.submit(() -> job.write(frozen));
        while (!written.isDone()) {
          countAll(keys, 1000);
        }
        countAll(keys, -1000L * (task.countOf(7, "key-0") / 1000));
        parts = written.get();
        job.completed(id);
      }

      job.start(1, parts);

      for (String key : keys) {
        assertThat(job.task(0).countOf(7, key)).isEqualTo(20);
      }
    } finally {
      io.shutdownNow();
    }
  }

  private void countAll(List<String> keys, long more) {
    for (String key : keys) {
      task.count(7, key, more);
    }
  }

  @Tag("S45")
  @Test
  void shouldKeepKeysAndValuesOfEverySize() {
    List<Integer> sizes = new ArrayList<>(List.of(0));
    for (int power = 6; power <= 20; power++) {
      sizes.addAll(List.of((1 << power) - 1, 1 << power, (1 << power) + 1));
    }
    for (int size : sizes) {
      task.values.put(0, "v" + size, "x".repeat(size));
      task.values.put(0, "k".repeat(Math.min(size, 1 << 16)), "k");
    }

    job.start(1, job.checkpoint(1));

    for (int size : sizes) {
      assertThat(job.task(0).values.get(0, "v" + size)).hasSize(size);
      assertThat(job.task(0).values.get(0, "k".repeat(Math.min(size, 1 << 16)))).isEqualTo("k");
    }
  }

  @Test
  void shouldLetSeveralCheckpointsSinkAtOnce() {
    task.values.put(0, "a", "1");
    job.write(job.freeze(1));
    task.values.put(0, "a", "2");
    job.write(job.freeze(2));
    task.values.remove(0, "a");
    job.write(job.freeze(3));

    job.completed(2);
    assertThat(task.values.get(0, "a")).isNull();
    job.completed(1);
    job.completed(3);

    assertThat(task.values.get(0, "a")).isNull();
    assertThat(task.values.earliestTime()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldRefuseMisuse() {
    List<KeyedStateBackend.FrozenState> unwritten = job.freeze(1);
    task.values.put(0, "a", "1");
    List<KeyedStateBackend.FrozenState> next = job.freeze(2);

    assertThatThrownBy(() -> job.freeze(2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> job.write(next)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> job.completed(2)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> task.backend.table(StateJob.VALUES))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> task.values.put(0, "a", null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> task.values.put(1, "b", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(unwritten).hasSize(1);
  }
}
