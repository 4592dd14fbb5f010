package dev.weir.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.RestoreException;
import dev.weir.internal.snapshot.FileRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every kind of keyed state promises about its files, besides all else. */
public abstract class StateFilesContract extends KeyedEntriesContract {
  /** Whether tasks leave bases to the store. */
  protected boolean sharesBase() {
    return false;
  }

  /** Makes sure that the next start reads all files. */
  protected void forgetLocalFiles() throws IOException {}

  @Test
  void shouldWriteNoFileWhenNothingChanged() throws Exception {
    assertThat(job.checkpoint(1)).containsExactly(List.of());
    task.values.put(0, "a", "1");
    List<FileRef> first = job.checkpoint(2).get(0);
    task.count(5, "came", 1);
    task.drained(5);

    List<FileRef> second = job.checkpoint(3).get(0);

    assertThat(first).hasSize(1);
    assertThat(second).as("a row that came and went").isEqualTo(first);
  }

  @Test
  void shouldAddDeltasUntilANewBasePays() {
    task.values.put(0, "big", "x".repeat(3 << 20));
    FileRef base = job.checkpoint(0).get(0).get(0);
    List<Integer> lengths = new ArrayList<>();
    for (int id = 1; id <= 40; id++) {
      task.values.put(0, "key-" + id % 3, "value " + id);

      List<FileRef> files = job.checkpoint(id).get(0);

      lengths.add(files.size());
      if (files.size() > 1 && id < 20) {
        assertThat(files.get(0)).isEqualTo(base);
      }
    }

    assertThat(lengths).startsWith(2, 3, 4);
    assertThat(lengths.contains(1)).as("a new base").isNotEqualTo(sharesBase());
  }

  @Test
  void shouldGoOnFromTheFilesItWasRestoredFrom() {
    task.values.put(0, "a", "1");
    job.checkpoint(1);
    task.values.put(0, "b", "2");
    List<List<FileRef>> parts = job.checkpoint(2);

    job.start(1, parts);
    assertThat(job.checkpoint(3)).isEqualTo(parts);
    job.task(0).values.put(0, "c", "3");
    List<List<FileRef>> after = job.checkpoint(4);

    assertThat(after.get(0)).hasSize(3).startsWith(parts.get(0).toArray(new FileRef[0]));
  }

  @Test
  void shouldGoOnFromTheSameFilesAtAnotherParallelism() {
    for (String key : StateJob.keys(100)) {
      task.values.put(0, key, "1");
    }
    List<List<FileRef>> parts = job.checkpoint(1);

    job.start(3, parts);
    List<List<FileRef>> unchanged = job.checkpoint(2);
    for (String key : StateJob.keys(50)) {
      job.taskOf(key).values.put(0, key, "2");
    }
    List<List<FileRef>> changed = job.checkpoint(3);

    assertThat(unchanged).allSatisfy(files -> assertThat(files).isEqualTo(parts.get(0)));
    assertThat(changed)
        .allSatisfy(files -> assertThat(files).hasSize(2).startsWith(parts.get(0).get(0)));
    job.start(2, changed);
    job.start(1, job.checkpoint(4));
    for (String key : StateJob.keys(100)) {
      assertThat(job.taskOf(key).values.get(0, key))
          .isEqualTo(StateJob.keys(50).contains(key) ? "2" : "1");
    }
  }

  @Tag("S46")
  @Test
  void shouldFireEachTimerOnceAtEveryChangeOfParallelism() throws Exception {
    for (int maxParallelism : new int[] {1, 2, 5, 8}) {
      for (int pair = 0; pair < maxParallelism * maxParallelism; pair++) {
        try (StateJob other = new StateJob(states, maxParallelism)) {
          rescale(other, 1 + pair / maxParallelism, 1 + pair % maxParallelism);
        }
      }
    }
  }

  private static void rescale(StateJob job, int before, int after) throws Exception {
    job.start(before, List.of());
    List<String> expected = new ArrayList<>();
    for (String key : StateJob.keys(30)) {
      job.taskOf(key).count(1, key, 1);
      job.taskOf(key).count(2, key, 2);
      expected.add("2 " + key + "=2");
    }
    job.checkpoint(1);
    job.task(before - 1).drained(1);
    List<List<FileRef>> parts = job.checkpoint(2);
    for (int i = 0; i < before - 1; i++) {
      for (String key : StateJob.keys(30)) {
        if (job.taskOf(key) == job.task(i)) {
          expected.add("1 " + key + "=1");
        }
      }
    }

    job.start(after, parts);
    List<String> fired = new ArrayList<>();
    for (StateJob.Task each : job.tasks) {
      fired.addAll(each.drained(10));
    }

    assertThat(fired).as("%s -> %s", before, after).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldWriteAndReadVersionOneForEver() throws Exception {
    startWithoutEntries();
    task.count(10, "a", 1);
    task.count(-5, "b", 2);
    task.values.put(0, "k", "v");
    job.checkpoint(1);
    task.drained(-5);
    task.count(20, "c", 3);
    task.values.remove(0, "k");
    task.values.put(0, "l", "w");
    List<FileRef> files = job.checkpoint(2).get(0);

    assertThat(files).hasSize(2);
    assertThat(job.bytesOf(files.get(0))).isEqualTo(golden("base-1.weir"));
    assertThat(job.bytesOf(files.get(1))).isEqualTo(golden("delta-1.weir"));
    job.start(1, List.of(files));

    assertThat(job.task(0).drained(100)).containsExactly("10 a=1", "20 c=3");
    assertThat(job.task(0).values.get(0, "k")).isNull();
    assertThat(job.task(0).values.get(0, "l")).isEqualTo("w");
  }

  private void startWithoutEntries() {
    job.close();
    job = StateJob.withoutEntries(states, 8);
    job.start(1, List.of());
    task = job.task(0);
  }

  @Test
  void shouldWriteAndReadEntriesOfVersionOneForEver() throws Exception {
    task.entries.put("k", "a", 1);
    task.entries.put("gone", "b", 2);
    job.checkpoint(1);
    task.entries.put("k", "b", 3);
    task.entries.removeAll("gone");
    task.entries.put("gone", "c", 4);
    List<FileRef> files = job.checkpoint(2).get(0);

    assertThat(job.bytesOf(files.get(0))).isEqualTo(golden("entries-base-1.weir"));
    assertThat(job.bytesOf(files.get(1))).isEqualTo(golden("entries-delta-1.weir"));
    job.start(1, List.of(files));

    assertThat(job.task(0).entries.of("k")).containsExactly("a=1", "b=3");
    assertThat(job.task(0).entries.of("gone")).containsExactly("c=4");
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = KeyedStateContract.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  @Test
  void shouldForgetEntriesThatALaterBaseDoesNotHave() {
    job.task(0).entries.put("k", "gone", 1);
    List<FileRef> files = new ArrayList<>(job.checkpoint(1).get(0));
    job.start(1, List.of());
    job.task(0).entries.put("k", "there", 2);
    files.addAll(job.checkpoint(2).get(0));

    job.start(1, List.of(files));

    assertThat(job.task(0).entries.of("k")).containsExactly("there=2");
    assertThat(job.task(0).entries.get("k", "gone")).isNull();
  }

  @Tag("S40")
  @Tag("S41")
  @Tag("N16")
  @Test
  void shouldRefuseEveryDamagedFileByItsName() throws IOException {
    task.count(10, "a", 1);
    job.checkpoint(1);
    task.count(11, "a", 1);
    job.checkpoint(2);
    task.count(12, "a", 1);
    List<FileRef> files = job.checkpoint(3).get(0);
    assertThat(files).hasSize(3);

    for (FileRef file : files) {
      byte[] good = job.bytesOf(file);
      byte[] flipped = good.clone();
      flipped[good.length / 2] ^= 8;
      byte[] shorter = Arrays.copyOf(good, good.length - 1);
      for (byte[] bad : List.of(flipped, shorter, new byte[0])) {
        job.tamper(file, bad);
        forgetLocalFiles();

        assertThatThrownBy(() -> job.start(1, List.of(files)))
            .isInstanceOf(RestoreException.class)
            .hasMessageContaining(file.location());
      }
      job.tamper(file, good);
    }
    job.start(1, List.of(files));
    assertThat(job.task(0).countOf(12, "a")).isEqualTo(1);
  }

  @Tag("S41")
  @Test
  void shouldRefuseMissingAndSwappedFiles() {
    task.count(10, "a", 1);
    job.checkpoint(1);
    task.count(11, "a", 1);
    job.checkpoint(2);
    task.count(12, "a", 1);
    List<FileRef> files = job.checkpoint(3).get(0);
    FileRef base = files.get(0);
    FileRef first = files.get(1);
    FileRef second = files.get(2);

    for (List<FileRef> part :
        List.of(List.of(first, second), List.of(base, second, first), List.of(base, base))) {
      assertThatThrownBy(() -> job.start(1, List.of(part)))
          .isInstanceOf(RestoreException.class)
          .hasMessageContaining("expected a");
    }
    job.remove(first);

    assertThatThrownBy(() -> job.start(1, List.of(files)))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll(first.location(), "missing");
  }
}
