package dev.weir.testing.suite.job;

/**
 * The moments around each effect that the Kafka connector has on the brokers. The engine's own are
 * {@link dev.weir.internal.base.CrashPoint}s.
 */
public enum Moment {
  /** A transactional id is fenced; once per id and take-over. */
  ID_FENCED,
  /** A claim's record is in the ledger, its transaction is open; once per id and take-over. */
  CLAIM_SENT,
  /** A claim is committed; once per id and take-over. */
  CLAIM_COMMITTED,
  /** The output of a checkpoint, if there is any, is acknowledged, its transaction is open. */
  OUTPUT_FLUSHED,
  /** The ledger record of a checkpoint is not sent yet. */
  LEDGER_RECORD_UNSENT,
  /** The ledger record of a checkpoint is in the log, its transaction is open. */
  LEDGER_RECORD_SENT,
  /** The ledger record is handed to the client, the commit is not. */
  COMMIT_UNSENT,
  /** The commit is on its way: it may or may not arrive. */
  COMMIT_SENT,
  /** The commit is acknowledged, nobody has been told. */
  COMMIT_ACKNOWLEDGED
}
