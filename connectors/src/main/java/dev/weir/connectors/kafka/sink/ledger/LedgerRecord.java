package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connector.LedgerEntry;
import java.util.List;

/** A fact in the ledger topic. Immutable. */
sealed interface LedgerRecord {
  /** The attempt that wrote it. */
  long attempt();

  /**
   * An attempt proves that it owns a transactional id.
   *
   * @param attempt number that the attempt takes
   * @param index which transactional id of the pool
   * @param ids how many there are
   * @param claimant random name of the take-over, as two may take the same number at once
   * @param atMillis when, epoch milliseconds; for people only
   */
  record Claim(long attempt, int index, int ids, Claimant claimant, long atMillis)
      implements LedgerRecord {}

  /**
   * A checkpoint is completed.
   *
   * @param entry the checkpoint
   * @param topics those that its transaction may have written to
   * @param namesTopics whether it names them, as records from version 2 on do
   */
  record Completed(LedgerEntry entry, List<String> topics, boolean namesTopics)
      implements LedgerRecord {
    public Completed {
      topics = List.copyOf(topics);
    }

    /** One that names its topics. */
    Completed(LedgerEntry entry, List<String> topics) {
      this(entry, topics, true);
    }

    @Override
    public long attempt() {
      return entry.attempt();
    }
  }

  /**
   * All checkpoints so far are forgotten.
   *
   * @param attempt the attempt that was told to
   * @param atMillis when, epoch milliseconds; for people only
   */
  record Forgotten(long attempt, long atMillis) implements LedgerRecord {}

  /** The random name of one take-over. */
  record Claimant(long high, long low) {}
}
