package dev.weir.internal.state.checked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.internal.key.EntryKey;
import dev.weir.internal.state.Counter;
import dev.weir.internal.state.Entries;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateJob;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.heap.HeapStateStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckedBackendTest {
  private final StateStore states =
      new HeapStateStore(
          (base, origin) -> {
            throw new AssertionError("there is no base");
          });
  private final StateJob job =
      new StateJob(
          new StateStore() {
            @Override
            public void begin(Origin origin) {
              states.begin(origin);
            }

            @Override
            public void handOver(Origin origin) {
              states.handOver(origin);
            }

            @Override
            public KeyedStateBackend backend(StateScope scope) {
              return new CheckedBackend(scope.stage(), states.backend(scope));
            }

            @Override
            public void close() {
              states.close();
            }
          },
          8);
  private StateTable<String, Counter> windows;

  @BeforeEach
  void start() {
    job.start(1, List.of());
    windows = job.task(0).windows;
  }

  @AfterEach
  void close() {
    job.close();
    states.close();
  }

  @Test
  void shouldFindAValueThatWasReadAndChangedButNotSet() {
    windows.put(7, "a", new Counter(1));
    windows.get(7, "a").count = 5;

    assertThatIllegalStateException()
        .isThrownBy(() -> job.checkpoint(1))
        .withMessageContaining("'count' changed a value of its state 'windows' for key a at time 7")
        .withMessageContaining("Set the changed value, or change a copy");
  }

  @Test
  void shouldFindAValueThatWasSetAndChangedAfterTheBarrier() {
    Counter kept = new Counter(1);
    windows.put(7, "a", kept);
    KeyedStateBackend backend = job.task(0).backend;
    backend.freeze(1);
    kept.count = 2;

    assertThatIllegalStateException()
        .isThrownBy(() -> backend.completed(1))
        .withMessageContaining("key a at time 7");
  }

  @Test
  void shouldFindAnEntryThatAWalkShowedAndThatWasChangedButNotSet() {
    Entries entries = job.task(0).entries;
    entries.put("a", "x", 1);
    job.checkpoint(1);
    StateTable.Scan<EntryKey<String>, Counter> scan =
        entries.table().scan(EntryKey.before("a"), null);
    scan.next();
    scan.value().count = 5;

    assertThatIllegalStateException()
        .isThrownBy(() -> job.checkpoint(2))
        .withMessageContaining("a value of its state 'entries' for key a/[120]");
  }

  @Test
  void shouldForgetTheEntriesOfAnOwnerThatIsCleared() {
    Entries entries = job.task(0).entries;
    Counter cleared = new Counter(1);
    entries.table().put(0, new EntryKey<>("a", new byte[] {1}), cleared);
    entries.removeAll("a");
    cleared.count = 5;
    assertThatCode(() -> job.checkpoint(1)).doesNotThrowAnyException();

    entries.table().put(0, new EntryKey<>("a", new byte[] {1}), cleared);
    entries.removeAll("b");
    cleared.count = 6;
    assertThatIllegalStateException().isThrownBy(() -> job.checkpoint(2));
  }

  @Test
  void shouldLetBeWhatIsAllowed() throws Exception {
    windows.put(7, "a", new Counter(1));
    Counter read = windows.get(7, "a");
    read.count++;
    windows.put(7, "a", read);
    windows.update(7, "a", 1L, Counter::plus);
    windows.update(8, "b", 1L, Counter::plus);
    windows.put(9, "c", new Counter(9));
    windows.get(9, "c").count++;
    windows.remove(9, "c");
    assertThatCode(() -> job.checkpoint(1)).doesNotThrowAnyException();

    windows.update(7, "a", 1L, Counter::plus);
    List<Long> drained = new ArrayList<>();
    windows.drainUpTo(8, (time, key, value) -> drained.add(value.count++));
    assertThatCode(() -> job.checkpoint(2)).doesNotThrowAnyException();

    assertThat(drained).containsExactly(4L, 1L);
    assertThat(windows.earliestTime()).isEqualTo(Long.MAX_VALUE);
  }
}
