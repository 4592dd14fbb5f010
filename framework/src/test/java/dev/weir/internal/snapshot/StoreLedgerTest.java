package dev.weir.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.FencedException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StoreLedgerTest {
  private final SnapshotStore store = MemorySnapshotStore.named("ledger-" + UUID.randomUUID());

  @Test
  void shouldRememberTheNewestEntryAndCountAttempts() {
    StoreLedger first = ledger();
    assertThat(first.takeOver().lastCompleted()).isEmpty();
    for (long id = 0; id < 10; id++) {
      first.complete(entry(id, 1));
    }
    first.close();

    assertThat(ledger().takeOver())
        .satisfies(found -> assertThat(found.attempt()).isEqualTo(2))
        .satisfies(found -> assertThat(found.lastCompleted()).hasValue(entry(9, 1)));
  }

  @Test
  void shouldFenceTheEarlierAttemptHoweverLongItSlept() throws Exception {
    StoreLedger zombie = ledger();
    zombie.takeOver();
    zombie.complete(entry(0, 1));
    StoreLedger current = ledger();
    current.takeOver();
    for (long id = 1; id < 20; id++) {
      current.complete(entry(id, 2));
    }

    assertThatThrownBy(() -> zombie.complete(entry(1, 1))).isInstanceOf(FencedException.class);
    assertThatThrownBy(zombie::checkNewest).isInstanceOf(FencedException.class);
    current.complete(entry(20, 2));
    assertThat(ledger().takeOver().lastCompleted()).hasValue(entry(20, 2));
    assertThat(store.list("ledger")).hasSizeLessThan(6);
  }

  @Test
  void shouldLetOneOfTwoGoOnThatTakeOverInTheSameMoment() {
    StoreLedger one = ledger();
    StoreLedger other = ledger();
    one.takeOver();
    other.takeOver();

    assertThatThrownBy(() -> one.complete(entry(0, 1))).isInstanceOf(FencedException.class);
    other.complete(entry(0, 2));
    other.close();
    assertThatThrownBy(() -> other.complete(entry(1, 2))).isInstanceOf(FencedException.class);
  }

  private StoreLedger ledger() {
    return new StoreLedger(store, "memory:test", "job");
  }

  private static LedgerEntry entry(long id, long attempt) {
    return new LedgerEntry(id, attempt, "checkpoints/" + id + "-1/manifest.weir", 10, 1, 0);
  }
}
