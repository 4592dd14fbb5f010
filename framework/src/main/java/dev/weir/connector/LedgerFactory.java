package dev.weir.connector;

/** Makes the job's ledger, once per attempt. Immutable. */
public interface LedgerFactory {
  /**
   * @param other another sink's factory
   * @return true if one ledger can serve both, because their output is committed in one transaction
   */
  boolean sharesWith(LedgerFactory other);

  /**
   * Makes a ledger that has touched nothing yet. Called on an I/O thread; may block.
   *
   * @param context what it may use
   * @param timing the checkpoint timing it must be able to hold
   * @return a new ledger
   * @throws dev.weir.error.InvalidConfigException if the outside system's limits do not fit the
   *     timing
   */
  CheckpointLedger create(ConnectorContext context, LedgerTiming timing);
}
