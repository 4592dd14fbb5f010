package dev.weir.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Layers that sink into the heap, row by row. */
class SinkingTest {
  private static final int ALL_ROWS = 30;

  private StateStore states;
  private StateJob job;

  @BeforeEach
  void open() {
    states = new HeapStateStore(RocksBaseRows::open);
    job = new StateJob(states, 8);
    job.start(1, List.of());
  }

  @AfterEach
  void close() {
    job.close();
    states.close();
  }

  @Test
  void shouldShowTheSameHoweverManyRowsHaveSunk() throws Exception {
    liveUntilALayerMaySink();
    List<String> expected = shown();
    Map<String, String> saved = job.load(job.retained().get(1)).values();

    for (int rows = 0; rows <= ALL_ROWS; rows++) {
      open();
      liveUntilALayerMaySink();
      job.sink(rows);

      List<List<FileRef>> parts = job.write(job.freeze(4));
      assertThat(shown()).as("after %d rows", rows).isEqualTo(expected);
      assertThat(job.load(job.retained().get(1)).values()).isEqualTo(saved);

      job.start(2, parts);
      assertThat(shown()).as("restored after %d rows", rows).isEqualTo(expected);
      close();
    }
  }

  /** Two checkpoints; all of the first is down, nothing of the second, and more has changed. */
  private void liveUntilALayerMaySink() throws Exception {
    StateJob.Task task = job.task(0);
    for (String key : List.of("a", "b", "c", "d")) {
      task.count(1, key, 1);
      task.count(2, key, 2);
      task.values.put(0, key, "old");
      task.entries.put("o", key, 1);
      task.entries.put("p", key, 1);
    }
    job.checkpoint(1);
    task.drained(1);
    task.count(1, "b", 10);
    task.count(2, "b", 10);
    task.values.put(0, "a", "new");
    task.values.remove(0, "b");
    task.values.remove(0, "d");
    task.entries.removeAll("o");
    task.entries.put("o", "b", 2);
    task.entries.remove("p", "c");
    job.write(job.freeze(2));
    job.completedOnly(2);
    task.values.put(0, "b", "again");
    task.values.remove(0, "c");
    task.entries.removeAll("p");
    task.entries.put("p", "d", 3);
  }

  private List<String> shown() throws Exception {
    List<String> rows = new ArrayList<>();
    for (StateJob.Task task : List.copyOf(job.tasks)) {
      rows.addAll(task.drained(Long.MAX_VALUE));
    }
    for (String key : List.of("a", "b", "c", "d")) {
      rows.add(key + "=" + job.taskOf(key).values.get(0, key));
    }
    for (String owner : List.of("o", "p")) {
      job.taskOf(owner).entries.of(owner).forEach(row -> rows.add(owner + " " + row));
    }
    return rows.stream().sorted().toList();
  }

  @Test
  void shouldLeaveTheBottomAloneWhileABaseIsWritten() {
    job.task(0).values.put(0, "a", "x".repeat(2 << 20));
    job.checkpoint(1);
    job.task(0).values.put(0, "a", "y".repeat(2 << 20));
    job.task(0).values.put(0, "b", "1");
    job.write(job.freeze(2));
    job.completedOnly(2);
    List<KeyedStateBackend.FrozenState> base = job.freeze(3);

    assertThat(job.task(0).backend.sinkSome()).as("sinks while a base is written").isFalse();
    job.write(base);

    assertThat(job.task(0).backend.sinkSome()).as("sinks afterwards").isTrue();
    assertThat(job.task(0).values.get(0, "b")).isEqualTo("1");
  }

  @Test
  void shouldSinkInPortionsThatFollowWhatIsWritten() {
    int rows = 10_000;
    for (int i = 0; i < rows; i++) {
      job.task(0).values.put(0, "key-" + i, "1");
    }
    job.write(job.freeze(1));
    job.completedOnly(1);
    job.task(0).backend.sinkSome();

    int idle = turnsToSink(0);
    for (int i = 0; i < rows; i++) {
      job.task(0).values.put(0, "key-" + i, "2");
    }
    job.write(job.freeze(2));
    job.completedOnly(2);
    job.task(0).backend.sinkSome();
    int busy = turnsToSink(1_000);

    assertThat(idle).isBetween(10, 30);
    assertThat(busy).as("a thousand rows come with each turn").isBetween(2, 5);
  }

  private int turnsToSink(int rowsPerTurn) {
    int turns = 0;
    boolean isSinking = true;
    while (isSinking) {
      for (int i = 0; i < rowsPerTurn; i++) {
        job.task(0).values.put(0, "turn-" + turns + "-" + i, "1");
      }
      isSinking = job.task(0).backend.sinkSome();
      turns++;
    }
    return turns;
  }
}
