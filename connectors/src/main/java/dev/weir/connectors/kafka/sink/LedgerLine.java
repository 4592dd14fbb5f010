package dev.weir.connectors.kafka.sink;

import java.util.List;
import java.util.OptionalLong;

/**
 * One record of a job's ledger in Kafka, as it stands there. Immutable.
 *
 * @param offset its place in the ledger
 * @param kind what it says
 * @param attempt the attempt that wrote it
 * @param checkpointId the checkpoint that it completes, if it does
 * @param manifest the name of that checkpoint's manifest in the checkpoint storage; empty: none
 * @param topics those that the output of that checkpoint may be in; none in ledgers of earlier
 *     versions
 * @param atMillis when it was written, epoch milliseconds, by the writer's clock
 * @param fate what became of the transaction that it is in
 */
public record LedgerLine(
    long offset,
    Kind kind,
    long attempt,
    OptionalLong checkpointId,
    String manifest,
    List<String> topics,
    long atMillis,
    Fate fate) {
  /** What a record of a ledger says. */
  public enum Kind {
    /** An attempt shows that it owns one of the job's transactional ids. */
    CLAIM,
    /** A checkpoint is completed, with its output. */
    COMPLETED,
    /** All checkpoints before are forgotten: the job was cancelled and told to. */
    FORGOTTEN
  }

  /** What became of a record's transaction, and so of the record. */
  public enum Fate {
    /** It counts. */
    COMMITTED,
    /** It never counted. */
    ABORTED,
    /** It counts if the transaction is committed, which is not decided yet. */
    OPEN
  }

  /** Makes the list unmodifiable. */
  public LedgerLine {
    topics = List.copyOf(topics);
  }
}
