package dev.weir.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.internal.key.EntryKey;
import dev.weir.internal.snapshot.FileRef;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every kind of keyed state promises of entries that belong to a key. */
public abstract class KeyedEntriesContract extends KeyedStateContract {
  @Test
  void shouldShowTheEntriesOfOneKeyInTheOrderOfTheirBytes() {
    Entries entries = task.entries;
    for (String entry : List.of("b", "", "\u00ff", "ab", "a", "\u0000", "a\u0000")) {
      entries.put("k", entry, entry.length());
    }
    entries.put("kk", "c", 9);
    entries.put("", "c", 9);

    List<String> inOrder = List.of("=0", "\u0000=1", "a=1", "a\u0000=2", "ab=2", "b=1", "\u00ff=1");
    assertThat(entries.of("k")).isEqualTo(inOrder);
    job.checkpoint(1);

    assertThat(entries.of("k")).isEqualTo(inOrder);
    assertThat(entries.of("k", "a", "b")).containsExactly("a=1", "a\u0000=2", "ab=2");
    assertThat(entries.of("k", "c", null)).containsExactly("\u00ff=1");
    assertThat(entries.of("k", "b", "b")).isEmpty();
    assertThat(entries.of("absent")).isEmpty();
  }

  @Test
  void shouldMergeEntriesOfAllLayersAndRespectRemovals() {
    Entries entries = task.entries;
    for (String entry : List.of("a", "b", "c", "d", "e")) {
      entries.put("k", entry, 1);
    }
    job.checkpoint(1);
    entries.remove("k", "b");
    entries.put("k", "c", 2);
    entries.put("k", "f", 2);
    job.write(job.freeze(2));
    entries.remove("k", "a");
    entries.put("k", "b", 3);
    entries.count("k", "d", 4);
    entries.remove("k", "f");
    List<String> merged = List.of("b=3", "c=2", "d=5", "e=1");

    assertThat(entries.of("k")).isEqualTo(merged);
    job.completed(2);
    assertThat(entries.of("k")).isEqualTo(merged);
    List<List<FileRef>> parts = job.checkpoint(3);
    assertThat(entries.of("k")).isEqualTo(merged);
    job.start(3, parts);

    assertThat(job.taskOf("k").entries.of("k")).isEqualTo(merged);
  }

  @Test
  void shouldRemoveAllEntriesOfAKeyAndNoOthers() {
    Entries entries = task.entries;
    for (String owner : List.of("k", "kk", "j")) {
      entries.put(owner, "bottom", 1);
      entries.put(owner, "again", 1);
    }
    job.checkpoint(1);
    entries.put("k", "frozen", 2);
    job.write(job.freeze(2));
    entries.put("k", "dirty", 3);

    entries.removeAll("k");
    entries.put("k", "again", 4);

    assertThat(entries.of("k")).containsExactly("again=4");
    assertThat(entries.get("k", "bottom")).isNull();
    assertThat(entries.get("k", "frozen")).isNull();
    assertThat(entries.get("k", "dirty")).isNull();
    job.completed(2);
    job.checkpoint(3);
    List<List<FileRef>> parts = job.checkpoint(4);
    assertThat(entries.of("k")).containsExactly("again=4");
    assertThat(entries.get("k", "bottom")).isNull();
    assertThat(entries.get("k", "frozen")).isNull();
    assertThat(entries.get("k", "again")).isEqualTo(4);
    assertThat(entries.of("kk")).containsExactly("again=1", "bottom=1");
    job.start(1, parts);

    assertThat(job.task(0).entries.of("k")).containsExactly("again=4");
    assertThat(job.task(0).entries.of("j")).containsExactly("again=1", "bottom=1");
  }

  @Test
  void shouldNotForgetRemovalsWhenManyEntriesOfAnotherKeyAreCleared() {
    Entries entries = task.entries;
    for (int i = 0; i < 10; i++) {
      entries.put("k", "" + i, 1);
    }
    job.checkpoint(1);
    for (int i = 0; i < 10; i++) {
      entries.remove("k", "" + i);
    }
    for (int i = 0; i < 100; i++) {
      entries.put("large", "" + i, 1);
    }
    entries.removeAll("large");
    entries.put("k", "5", 2);

    List<List<FileRef>> parts = job.checkpoint(2);

    assertThat(entries.of("k")).containsExactly("5=2");
    job.start(1, parts);
    assertThat(job.task(0).entries.of("k")).containsExactly("5=2");
  }

  @Test
  void shouldRemoveAllOfALargeKeyAtOnce() {
    Entries entries = task.entries;
    for (int i = 0; i < 5_000; i++) {
      entries.put("large", String.format(Locale.ROOT, "%05d", i), i);
    }
    entries.put("largf", "next", 1);
    long written = job.checkpoint(1).get(0).get(0).bytes();

    entries.removeAll("large");
    List<FileRef> files = job.checkpoint(2).get(0);

    assertThat(entries.of("large")).isEmpty();
    assertThat(entries.get("large", "00000")).isNull();
    assertThat(entries.get("large", "04999")).isNull();
    assertThat(entries.of("largf")).containsExactly("next=1");
    assertThat(files.get(1).bytes()).as("a clearing is one row").isLessThan(written / 100);
  }

  @Test
  void shouldShowWhatIsWrittenAheadOfAWalkAndNothingTwice() {
    Entries entries = task.entries;
    for (int i = 100; i < 700; i++) {
      entries.put("k", "" + i, 1);
    }
    job.checkpoint(1);
    List<String> seen = new ArrayList<>();

    StateTable.Scan<EntryKey<String>, Counter> scan = entries.scan("k", "", null);
    while (scan.next()) {
      String entry = Entries.entryOf(scan);
      seen.add(entry + "=" + scan.value().count);
      if (entry.equals("150")) {
        entries.put("k", "150", 2);
        entries.put("k", "149x", 2);
        entries.remove("k", "151");
        entries.put("k", "152", 2);
        entries.put("k", "152x", 2);
        entries.remove("k", "600");
      } else if (entry.equals("650")) {
        entries.removeAll("k");
        entries.put("k", "653", 3);
      }
    }

    assertThat(seen).doesNotHaveDuplicates().hasSize(549 + 2);
    assertThat(seen).contains("150=1", "152=2", "152x=2").doesNotContain("149x=2", "151=1");
    assertThat(seen).endsWith("649=1", "650=1", "653=3").doesNotContain("600=1");
    assertThat(entries.of("k")).containsExactly("653=3");
  }

  @Test
  void shouldShowAndClearWhatWasOnlyRead() {
    Entries entries = task.entries;
    for (String entry : List.of("a", "b", "c")) {
      entries.put("k", entry, 1);
    }
    job.checkpoint(1);
    entries.get("k", "b");

    assertThat(entries.of("k")).containsExactly("a=1", "b=1", "c=1");
    job.write(job.freeze(2));
    entries.get("k", "a");
    assertThat(entries.of("k")).containsExactly("a=1", "b=1", "c=1");
    entries.removeAll("k");
    assertThat(entries.of("k")).isEmpty();
    assertThat(entries.get("k", "b")).isNull();
    job.completed(2);
    List<List<FileRef>> parts = job.checkpoint(3);
    assertThat(entries.of("k")).isEmpty();
    assertThat(entries.get("k", "a")).isNull();
    job.start(1, parts);

    assertThat(job.task(0).entries.of("k")).isEmpty();
  }

  @Test
  void shouldRefuseToWalkOnBehindABarrier() {
    for (int i = 0; i < 100; i++) {
      task.entries.put("k", "" + i, 1);
    }
    StateTable.Scan<EntryKey<String>, Counter> scan = task.entries.scan("k", "", null);
    scan.next();

    job.freeze(1);

    assertThatThrownBy(scan::next).isInstanceOf(ConcurrentModificationException.class);
  }

  @Tag("S44")
  @Test
  void shouldNotLetVisitorsChangeWhatIsFrozen() {
    task.entries.put("k", "a", 1);
    List<KeyedStateBackend.FrozenState> frozen = job.freeze(1);

    StateTable.Scan<EntryKey<String>, Counter> scan = task.entries.scan("k", "", null);
    scan.next();
    scan.value().count = 1000;
    List<List<FileRef>> parts = job.write(frozen);
    job.completed(1);
    scan = task.entries.scan("k", "", null);
    scan.next();
    scan.value().count = 1000;

    assertThat(task.entries.of("k")).containsExactly("a=1");
    job.start(1, parts);
    assertThat(job.task(0).entries.of("k")).containsExactly("a=1");
  }

  @Test
  void shouldNotDrainEntries() {
    assertThatThrownBy(() -> task.entries.table().drainUpTo(0, (time, key, value) -> {}))
        .isInstanceOf(IllegalStateException.class);
  }
}
