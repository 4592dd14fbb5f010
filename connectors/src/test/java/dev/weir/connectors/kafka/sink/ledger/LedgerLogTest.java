package dev.weir.connectors.kafka.sink.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connector.LedgerEntry;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claim;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claimant;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Completed;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Forgotten;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerLogTest {
  private static final LedgerRecord CLAIM = new Claim(2, 0, 2, new Claimant(1, 1), 0);

  @Test
  void shouldPutAtStakeTheTopicsOfTheNewestCheckpoint() {
    LedgerLog log = log(completed(1, "a", "b"), completed(2, "b", "c"), CLAIM);

    assertThat(log.topicsAtStake()).contains(List.of("b", "c"));
  }

  @Test
  void shouldPutNoTopicAtStakeWhereNothingIsCompleted() {
    assertThat(log(CLAIM).topicsAtStake()).contains(List.of());
    assertThat(log(completed(1, "a"), new Forgotten(2, 0)).topicsAtStake()).contains(List.of());
  }

  @Test
  void shouldPutAnyTopicAtStakeWhereTheNewestCheckpointNamesNone() {
    LedgerRecord old = new Completed(entry(2), List.of(), false);

    assertThat(log(completed(1, "a"), old, CLAIM).topicsAtStake()).isEmpty();
  }

  private static LedgerLog log(LedgerRecord... records) {
    return new LedgerLog(
        IntStream.range(0, records.length)
            .mapToObj(i -> new LedgerLog.Line(2L * i, records[i]))
            .toList());
  }

  private static LedgerRecord completed(long checkpointId, String... topics) {
    return new Completed(entry(checkpointId), List.of(topics));
  }

  private static LedgerEntry entry(long checkpointId) {
    return new LedgerEntry(checkpointId, 1, "m", 9, 0, 0);
  }
}
